COMMENT ON COLUMN step.from_paper IS 'Written on paper while the database was away, and entered from there.';
