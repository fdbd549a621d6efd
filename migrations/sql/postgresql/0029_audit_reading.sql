-- By time, by patient with all that was done about their referrals, by person, and what was refused. In the order of their
-- time, so that the newest of each are read without sorting.
CREATE INDEX ix_audit_log_at ON audit_log (at, id);
CREATE INDEX ix_audit_log_patient ON audit_log (patient_id, at, id) WHERE patient_id IS NOT NULL;
CREATE INDEX ix_audit_log_referral ON audit_log (referral_id, at, id) WHERE referral_id IS NOT NULL;
CREATE INDEX ix_audit_log_actor ON audit_log (actor_id, at, id);
CREATE INDEX ix_audit_log_looks ON audit_log (at, id) WHERE tbl IN ('record_opening', 'patient_search');
CREATE INDEX ix_audit_log_refused ON audit_log (at, id) WHERE tbl = 'record_opening' AND new ->> 'is_granted' = 'false';
