-- Who edits values is told what became of them meanwhile.
GRANT EXECUTE ON FUNCTION row_changes(text, bigint, bigint) TO doorstep_desk, doorstep_practitioner;
