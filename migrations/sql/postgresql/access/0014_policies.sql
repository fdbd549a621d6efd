-- Which rows a login may see and write. The owner is bound by none of this; nobody else has a right to any table unless
-- the grants give one. So an open database works as before, and a secured one is the same shape with other logins.

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'audit_log', 'change_log', 'chase', 'competence', 'contact', 'device', 'device_state', 'hub', 'hub_hours', 'map_pack',
    'marker', 'marker_acknowledgement', 'outcome', 'outgoing_message', 'patient', 'patient_hub', 'position',
    'position_count', 'practice', 'practitioner', 'presence', 'queue_entry', 'received_message', 'record_opening', 'referral',
    'report', 'report_version', 'setting', 'shift', 'snooze', 'staff', 'staff_hub', 'staff_role', 'step', 'task',
    'training', 'visit', 'watch', 'worker_heartbeat'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  END LOOP;
  -- Of the whole service: whoever belongs to it.
  FOREACH t IN ARRAY ARRAY[
    'competence', 'device', 'device_state', 'hub', 'hub_hours', 'position_count', 'practice', 'practitioner', 'staff',
    'staff_hub', 'staff_role', 'training', 'watch', 'worker_heartbeat'
  ] LOOP
    EXECUTE format('CREATE POLICY service ON %I USING ((SELECT is_here())) WITH CHECK ((SELECT is_here()))', t);
  END LOOP;
  -- Of one hub: whoever was given that hub.
  FOREACH t IN ARRAY ARRAY['contact', 'outcome', 'queue_entry', 'referral', 'report', 'shift', 'snooze', 'task', 'visit']
  LOOP
    EXECUTE format('CREATE POLICY hub_read ON %I FOR SELECT USING (hub_id = ANY ((SELECT my_hubs())::bigint[]))', t);
  END LOOP;
  -- Of one hub or of all.
  FOREACH t IN ARRAY ARRAY['change_log', 'chase', 'outgoing_message'] LOOP
    EXECUTE format('CREATE POLICY hub_read ON %I FOR SELECT USING ('
                   'hub_id = ANY ((SELECT my_hubs())::bigint[]) OR hub_id IS NULL AND (SELECT is_here()))', t);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- patients
CREATE POLICY hub_read ON patient_hub FOR SELECT USING (hub_id = ANY ((SELECT my_hubs())::bigint[]));
CREATE POLICY known_read ON patient FOR SELECT USING (EXISTS (
  SELECT FROM patient_hub k WHERE k.patient_id = patient.id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[])));
CREATE POLICY taken_in ON patient FOR INSERT WITH CHECK ((SELECT at_desk()));
CREATE POLICY known_write ON patient FOR UPDATE USING (EXISTS (
  SELECT FROM patient_hub k WHERE k.patient_id = patient.id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[])));
-- A place has no hub: its marker warns whoever goes there.
CREATE POLICY known_read ON marker FOR SELECT USING ((SELECT is_here()) AND (patient_id IS NULL OR EXISTS (
    SELECT FROM patient_hub k WHERE k.patient_id = marker.patient_id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[]))));
-- A desk ends a marker; a practitioner takes their own one back.
CREATE POLICY known_write ON marker FOR UPDATE USING (((SELECT at_desk()) OR owner_id = (SELECT my_staff()))
  AND (patient_id IS NULL OR EXISTS (
    SELECT FROM patient_hub k WHERE k.patient_id = marker.patient_id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[]))));
CREATE POLICY own_insert ON marker FOR INSERT WITH CHECK (owner_id = (SELECT my_staff()) AND (patient_id IS NULL OR EXISTS (
    SELECT FROM patient_hub k WHERE k.patient_id = marker.patient_id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[]))));
CREATE POLICY seen ON marker_acknowledgement
  USING (EXISTS (SELECT FROM referral r WHERE r.id = marker_acknowledgement.referral_id))
  WITH CHECK (EXISTS (SELECT FROM referral r WHERE r.id = marker_acknowledgement.referral_id));
CREATE POLICY own_read ON record_opening FOR SELECT USING (opened_by_id = (SELECT my_staff()) OR (
  (SELECT i_am('auditor')) AND EXISTS (SELECT FROM patient_hub k
    WHERE k.patient_id = record_opening.patient_id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[]))));
CREATE POLICY own_write ON record_opening FOR INSERT WITH CHECK (
  opened_by_id = (SELECT my_staff()) AND i_am(role)
  AND EXISTS (SELECT FROM patient_hub k
    WHERE k.patient_id = record_opening.patient_id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[]))
  AND (referral_id IS NULL OR EXISTS (
    SELECT FROM referral r WHERE r.id = record_opening.referral_id AND r.patient_id = record_opening.patient_id)));

-- ---------------------------------------------------------------- referrals, and what is said about them
-- Whoever takes a call takes it in for the hub that it belongs to, also for one that is not theirs.
CREATE POLICY taken_in ON referral FOR INSERT WITH CHECK ((SELECT at_desk()) AND entered_by_id = (SELECT my_staff()));
CREATE POLICY hub_write ON referral FOR UPDATE USING (hub_id = ANY ((SELECT my_hubs())::bigint[]));
CREATE POLICY hub_insert ON contact FOR INSERT WITH CHECK (
  hub_id = ANY ((SELECT my_hubs())::bigint[]) AND by_id = (SELECT my_staff())
  AND EXISTS (SELECT FROM referral r WHERE r.id = contact.referral_id));
CREATE POLICY own_delete ON contact FOR DELETE USING (
  hub_id = ANY ((SELECT my_hubs())::bigint[]) AND by_id = (SELECT my_staff()));
-- One's own steps stay one's own when the referral goes to another hub.
CREATE POLICY hub_read ON step FOR SELECT USING (
  by_id = (SELECT my_staff()) OR ((hub_id = ANY ((SELECT my_hubs())::bigint[]) OR hub_id IS NULL AND (SELECT is_here()))
    AND (referral_id IS NULL OR (SELECT sees_patients()))));
CREATE POLICY own_insert ON step FOR INSERT WITH CHECK (
  by_id = (SELECT my_staff()) AND i_am(role) AND (is_taken_in_now(referral_id)
    OR ((hub_id IS NULL OR hub_id = ANY ((SELECT my_hubs())::bigint[]))
      AND (referral_id IS NULL OR EXISTS (SELECT FROM referral r WHERE r.id = step.referral_id)))));
CREATE POLICY worker ON received_message USING ((SELECT is_worker())) WITH CHECK ((SELECT is_worker()));

-- ---------------------------------------------------------------- care: practitioners write their own
CREATE POLICY hub_insert ON visit FOR INSERT WITH CHECK (
  hub_id = ANY ((SELECT my_hubs())::bigint[]) AND (SELECT at_desk()));
CREATE POLICY own_write ON visit FOR UPDATE USING (hub_id = ANY ((SELECT my_hubs())::bigint[])
  AND ((SELECT at_desk()) OR practitioner_id = (SELECT my_practitioner())));
CREATE POLICY hub_insert ON queue_entry FOR INSERT WITH CHECK (hub_id = ANY ((SELECT my_hubs())::bigint[]));
CREATE POLICY own_write ON queue_entry FOR UPDATE USING (hub_id = ANY ((SELECT my_hubs())::bigint[])
  AND ((SELECT at_desk()) OR practitioner_id IS NULL OR practitioner_id = (SELECT my_practitioner())));
CREATE POLICY hub_delete ON queue_entry FOR DELETE USING (hub_id = ANY ((SELECT my_hubs())::bigint[]));
DO $$
DECLARE
  own_outcome text := 'hub_id = ANY ((SELECT my_hubs())::bigint[])'
    ' AND ((SELECT at_desk()) OR practitioner_id = (SELECT my_practitioner()))';
  own_report text := 'hub_id = ANY ((SELECT my_hubs())::bigint[]) AND ((SELECT at_desk()) OR EXISTS ('
    'SELECT FROM outcome o WHERE o.id = report.outcome_id AND o.practitioner_id = (SELECT my_practitioner())))';
  own_version text := 'EXISTS (SELECT FROM report r WHERE r.id = report_version.report_id'
    ' AND ((SELECT at_desk()) OR EXISTS (SELECT FROM outcome o'
    ' WHERE o.id = r.outcome_id AND o.practitioner_id = (SELECT my_practitioner()))))';
BEGIN
  EXECUTE format('CREATE POLICY own_insert ON outcome FOR INSERT WITH CHECK (%s)', own_outcome);
  EXECUTE format('CREATE POLICY own_write ON outcome FOR UPDATE USING (%s)', own_outcome);
  EXECUTE format('CREATE POLICY own_delete ON outcome FOR DELETE USING (%s)', own_outcome);
  EXECUTE format('CREATE POLICY own_insert ON report FOR INSERT WITH CHECK (%s)', own_report);
  EXECUTE format('CREATE POLICY own_write ON report FOR UPDATE USING (%s)', own_report);
  EXECUTE format('CREATE POLICY own_delete ON report FOR DELETE USING (%s)', own_report);
  EXECUTE format('CREATE POLICY own_insert ON report_version FOR INSERT WITH CHECK (%s'
                 ' AND written_by_id = (SELECT my_staff()))', own_version);
  EXECUTE format('CREATE POLICY own_write ON report_version FOR UPDATE USING (%s)', own_version);
END $$;
CREATE POLICY seen ON report_version FOR SELECT USING (
  EXISTS (SELECT FROM report r WHERE r.id = report_version.report_id));

-- ---------------------------------------------------------------- tasks and chasing
CREATE POLICY hub_insert ON task FOR INSERT WITH CHECK (is_taken_in_now(referral_id)
  OR (hub_id = ANY ((SELECT my_hubs())::bigint[])
    AND (referral_id IS NULL OR EXISTS (SELECT FROM referral r WHERE r.id = task.referral_id))));
CREATE POLICY hub_write ON task FOR UPDATE USING (hub_id = ANY ((SELECT my_hubs())::bigint[]));
CREATE POLICY hub_delete ON task FOR DELETE USING (hub_id = ANY ((SELECT my_hubs())::bigint[]));
CREATE POLICY own_insert ON snooze FOR INSERT WITH CHECK (
  hub_id = ANY ((SELECT my_hubs())::bigint[]) AND by_id = (SELECT my_staff()));
CREATE POLICY hub_write ON snooze FOR UPDATE USING (hub_id = ANY ((SELECT my_hubs())::bigint[]));
CREATE POLICY own_delete ON snooze FOR DELETE USING (
  hub_id = ANY ((SELECT my_hubs())::bigint[]) AND by_id = (SELECT my_staff()));
CREATE POLICY worker_insert ON chase FOR INSERT WITH CHECK ((SELECT is_worker()));
CREATE POLICY hub_write ON chase FOR UPDATE USING (
  hub_id = ANY ((SELECT my_hubs())::bigint[]) OR hub_id IS NULL AND (SELECT is_here()));
CREATE POLICY worker_insert ON outgoing_message FOR INSERT WITH CHECK ((SELECT is_worker()));
CREATE POLICY hub_write ON outgoing_message FOR UPDATE USING (
  hub_id = ANY ((SELECT my_hubs())::bigint[]) OR hub_id IS NULL AND (SELECT is_here()));

-- ---------------------------------------------------------------- people at work
-- Who has what open: one's own lease, and to take over one that has gone quiet.
CREATE POLICY seen_read ON presence FOR SELECT USING (
  staff_id = (SELECT my_staff()) OR EXISTS (SELECT FROM referral r WHERE r.id = presence.referral_id));
CREATE POLICY own_insert ON presence FOR INSERT WITH CHECK (
  staff_id = (SELECT my_staff()) AND EXISTS (SELECT FROM referral r WHERE r.id = presence.referral_id));
CREATE POLICY own_write ON presence FOR UPDATE
  USING (staff_id = (SELECT my_staff()) OR EXISTS (SELECT FROM referral r WHERE r.id = presence.referral_id))
  WITH CHECK (staff_id = (SELECT my_staff()) OR taken_by_id = (SELECT my_staff()));
CREATE POLICY own_delete ON presence FOR DELETE USING (
  staff_id = (SELECT my_staff()) OR renewed_at < clock_timestamp() - interval '5 minutes');
CREATE POLICY hub_insert ON shift FOR INSERT WITH CHECK (hub_id = ANY ((SELECT my_hubs())::bigint[]));
CREATE POLICY hub_write ON shift FOR UPDATE USING (hub_id = ANY ((SELECT my_hubs())::bigint[]));
CREATE POLICY hub_delete ON shift FOR DELETE USING (hub_id = ANY ((SELECT my_hubs())::bigint[]));
-- Where somebody is concerns the hubs that they work for.
CREATE POLICY worked_with ON position FOR SELECT USING (
  practitioner_id = (SELECT my_practitioner())
  OR EXISTS (SELECT FROM shift s WHERE s.practitioner_id = position.practitioner_id));
CREATE POLICY own_insert ON position FOR INSERT WITH CHECK (
  practitioner_id = (SELECT my_practitioner())
  OR ((SELECT at_desk()) AND EXISTS (SELECT FROM shift s WHERE s.practitioner_id = position.practitioner_id)));

-- ---------------------------------------------------------------- settings, maps, logs
CREATE POLICY own_read ON setting FOR SELECT USING (
  staff_id IS NULL AND (SELECT is_here()) OR staff_id = (SELECT my_staff()));
CREATE POLICY own_insert ON setting FOR INSERT WITH CHECK (
  author_id = (SELECT my_staff()) AND (staff_id = (SELECT my_staff())
    OR staff_id IS NULL AND (SELECT i_am('service_manager', 'administrator'))));
CREATE POLICY service_read ON map_pack FOR SELECT USING ((SELECT is_here()));
CREATE POLICY own_insert ON map_pack FOR INSERT WITH CHECK (imported_by_id = (SELECT my_staff()));
CREATE POLICY worker_delete ON change_log FOR DELETE USING ((SELECT is_worker()));
CREATE POLICY auditor_read ON audit_log FOR SELECT USING (
  (SELECT i_am('auditor', 'service_manager'))
  AND (hub_id IS NULL OR hub_id = ANY ((SELECT my_hubs())::bigint[]))
  AND (patient_id IS NULL OR EXISTS (SELECT FROM patient_hub k
    WHERE k.patient_id = audit_log.patient_id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[]))));
