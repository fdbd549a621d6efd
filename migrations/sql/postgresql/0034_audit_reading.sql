-- Who looked now holds who read the audit, and what was refused what functions refused. What was asked before asks for less
-- than these hold, and is still served by them.
DROP INDEX ix_audit_log_looks;
DROP INDEX ix_audit_log_refused;
CREATE INDEX ix_audit_log_looks ON audit_log (at, id) WHERE tbl IN ('record_opening', 'patient_search', 'audit_look');
CREATE INDEX ix_audit_log_refused ON audit_log (at, id)
  WHERE tbl = 'refusal' OR tbl = 'record_opening' AND new ->> 'is_granted' = 'false';
CREATE INDEX ix_audit_log_check ON audit_log (id) WHERE tbl = 'audit_check';
CREATE INDEX ix_audit_log_ask ON audit_log (login, at) WHERE tbl = 'staff_ask';
