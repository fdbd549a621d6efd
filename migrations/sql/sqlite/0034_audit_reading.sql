-- The newest answer of a check is looked up; a local file is read without further indexes, as before.
CREATE INDEX ix_audit_log_check ON audit_log (id) WHERE tbl = 'audit_check'
