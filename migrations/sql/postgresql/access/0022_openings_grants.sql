GRANT EXECUTE ON FUNCTION request_record(bigint, bigint, text, text, text, timestamptz), fresh_opening(bigint, interval),
  open_record(bigint) TO doorstep_desk, doorstep_practitioner, doorstep_auditor;
GRANT EXECUTE ON FUNCTION complete_patient(bigint, text, text, text, bigint) TO doorstep_desk, doorstep_worker;
