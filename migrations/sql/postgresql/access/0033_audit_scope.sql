-- A version of a report, and that a marker was read, name no hub in their rows: the line belongs to whoever may see the
-- report or the referral. What a patient's hubs know is for the auditors of each of them, whichever referral it was about.
DROP POLICY auditor_read ON audit_log;
CREATE POLICY auditor_read ON audit_log FOR SELECT USING ((SELECT i_am('auditor'))
  AND (hub_id IS NULL OR hub_id = ANY ((SELECT my_hubs())::bigint[]))
  AND (patient_id IS NULL OR (SELECT true FROM patient_hub k
    WHERE k.patient_id = audit_log.patient_id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[]) LIMIT 1))
  AND (hub_id IS NOT NULL OR patient_id IS NOT NULL OR referral_id IS NULL OR (
    SELECT true FROM referral r WHERE r.id = audit_log.referral_id LIMIT 1))
  AND (tbl <> 'report_version' OR (SELECT true FROM report_version v WHERE v.id = audit_log.row_id LIMIT 1)));
