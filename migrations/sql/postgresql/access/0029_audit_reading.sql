-- The audit holds what patients' rows held: it is read by auditors, of the hubs that they were given. The office reads no
-- patient, and so no audit. A subquery for one value is asked for each line that is read; of EXISTS the planner would make a
-- hash over all patients first, for a page of two hundred lines.
DROP POLICY auditor_read ON audit_log;
CREATE POLICY auditor_read ON audit_log FOR SELECT USING ((SELECT i_am('auditor'))
  AND (hub_id IS NULL OR hub_id = ANY ((SELECT my_hubs())::bigint[]))
  AND (patient_id IS NULL OR (SELECT true FROM patient_hub k
    WHERE k.patient_id = audit_log.patient_id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[]) LIMIT 1)));

-- Who takes a copy away does it in their own name, and nobody forgets it.
ALTER TABLE audit_export ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_read ON audit_export FOR SELECT USING (by_id = (SELECT my_staff()));
CREATE POLICY own_write ON audit_export FOR INSERT WITH CHECK (
  by_id = (SELECT my_staff()) AND (SELECT i_am('auditor')) AND role = 'auditor' AND length(btrim(reason)) >= 3);
