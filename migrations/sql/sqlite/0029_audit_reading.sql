-- By time, by patient with all that was done about their referrals, by person, and what was refused.
CREATE INDEX ix_audit_log_at ON audit_log (at, id) ;;
CREATE INDEX ix_audit_log_patient ON audit_log (patient_id, at, id) WHERE patient_id IS NOT NULL ;;
CREATE INDEX ix_audit_log_referral ON audit_log (referral_id, at, id) WHERE referral_id IS NOT NULL ;;
CREATE INDEX ix_audit_log_actor ON audit_log (actor_id, at, id) ;;
CREATE TRIGGER audit_export_no_update BEFORE UPDATE ON audit_export
BEGIN SELECT RAISE(ABORT, 'audit_export is append-only'); END ;;
CREATE TRIGGER audit_export_no_delete BEFORE DELETE ON audit_export
BEGIN SELECT RAISE(ABORT, 'audit_export is append-only'); END
