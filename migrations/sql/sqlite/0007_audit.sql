DROP TRIGGER IF EXISTS zz_audit_chase_insert ;;
DROP TRIGGER IF EXISTS zz_audit_chase_update ;;
DROP TRIGGER IF EXISTS zz_audit_chase_delete ;;
DROP TRIGGER IF EXISTS zz_audit_outgoing_message_insert ;;
DROP TRIGGER IF EXISTS zz_audit_outgoing_message_update ;;
DROP TRIGGER IF EXISTS zz_audit_outgoing_message_delete ;;
DROP TRIGGER IF EXISTS zz_audit_snooze_insert ;;
DROP TRIGGER IF EXISTS zz_audit_snooze_update ;;
DROP TRIGGER IF EXISTS zz_audit_snooze_delete ;;
DROP TRIGGER IF EXISTS zz_audit_staff_insert ;;
DROP TRIGGER IF EXISTS zz_audit_staff_update ;;
DROP TRIGGER IF EXISTS zz_audit_staff_delete ;;
DROP TRIGGER IF EXISTS zz_audit_task_insert ;;
DROP TRIGGER IF EXISTS zz_audit_task_update ;;
DROP TRIGGER IF EXISTS zz_audit_task_delete ;;
CREATE TRIGGER zz_audit_chase_insert AFTER INSERT ON chase
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'chase', 'I', NEW.id, NEW.hub_id, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'subject_kind' AS name, NULL AS was, NEW.subject_kind AS is_now
      UNION ALL SELECT 'subject_id' AS name, NULL AS was, NEW.subject_id AS is_now
      UNION ALL SELECT 'ladder' AS name, NULL AS was, NEW.ladder AS is_now
      UNION ALL SELECT 'step' AS name, NULL AS was, NEW.step AS is_now
      UNION ALL SELECT 'recipient' AS name, NULL AS was, NEW.recipient AS is_now
      UNION ALL SELECT 'round' AS name, NULL AS was, NEW.round AS is_now
      UNION ALL SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'way' AS name, NULL AS was, NEW.way AS is_now
      UNION ALL SELECT 'state' AS name, NULL AS was, NEW.state AS is_now
      UNION ALL SELECT 'due_at' AS name, NULL AS was, NEW.due_at AS is_now
      UNION ALL SELECT 'not_before' AS name, NULL AS was, NEW.not_before AS is_now
      UNION ALL SELECT 'planned_at' AS name, NULL AS was, NEW.planned_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, NULL AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'result' AS name, NULL AS was, NEW.result AS is_now
      UNION ALL SELECT 'task_id' AS name, NULL AS was, NEW.task_id AS is_now
      UNION ALL SELECT 'message_id' AS name, NULL AS was, NEW.message_id AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_chase_update AFTER UPDATE ON chase
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'chase', 'U', NEW.id, NEW.hub_id, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'subject_kind' AS name, OLD.subject_kind AS was, NEW.subject_kind AS is_now
      UNION ALL SELECT 'subject_id' AS name, OLD.subject_id AS was, NEW.subject_id AS is_now
      UNION ALL SELECT 'ladder' AS name, OLD.ladder AS was, NEW.ladder AS is_now
      UNION ALL SELECT 'step' AS name, OLD.step AS was, NEW.step AS is_now
      UNION ALL SELECT 'recipient' AS name, OLD.recipient AS was, NEW.recipient AS is_now
      UNION ALL SELECT 'round' AS name, OLD.round AS was, NEW.round AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'way' AS name, OLD.way AS was, NEW.way AS is_now
      UNION ALL SELECT 'state' AS name, OLD.state AS was, NEW.state AS is_now
      UNION ALL SELECT 'due_at' AS name, OLD.due_at AS was, NEW.due_at AS is_now
      UNION ALL SELECT 'not_before' AS name, OLD.not_before AS was, NEW.not_before AS is_now
      UNION ALL SELECT 'planned_at' AS name, OLD.planned_at AS was, NEW.planned_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NEW.result AS is_now
      UNION ALL SELECT 'task_id' AS name, OLD.task_id AS was, NEW.task_id AS is_now
      UNION ALL SELECT 'message_id' AS name, OLD.message_id AS was, NEW.message_id AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_chase_delete AFTER DELETE ON chase
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'chase', 'D', OLD.id, OLD.hub_id, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'subject_kind' AS name, OLD.subject_kind AS was, NULL AS is_now
      UNION ALL SELECT 'subject_id' AS name, OLD.subject_id AS was, NULL AS is_now
      UNION ALL SELECT 'ladder' AS name, OLD.ladder AS was, NULL AS is_now
      UNION ALL SELECT 'step' AS name, OLD.step AS was, NULL AS is_now
      UNION ALL SELECT 'recipient' AS name, OLD.recipient AS was, NULL AS is_now
      UNION ALL SELECT 'round' AS name, OLD.round AS was, NULL AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'way' AS name, OLD.way AS was, NULL AS is_now
      UNION ALL SELECT 'state' AS name, OLD.state AS was, NULL AS is_now
      UNION ALL SELECT 'due_at' AS name, OLD.due_at AS was, NULL AS is_now
      UNION ALL SELECT 'not_before' AS name, OLD.not_before AS was, NULL AS is_now
      UNION ALL SELECT 'planned_at' AS name, OLD.planned_at AS was, NULL AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NULL AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NULL AS is_now
      UNION ALL SELECT 'task_id' AS name, OLD.task_id AS was, NULL AS is_now
      UNION ALL SELECT 'message_id' AS name, OLD.message_id AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_outgoing_message_insert AFTER INSERT ON outgoing_message
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'outgoing_message', 'I', NEW.id, NEW.hub_id, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'key' AS name, NULL AS was, NEW.key AS is_now
      UNION ALL SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'way' AS name, NULL AS was, NEW.way AS is_now
      UNION ALL SELECT 'address' AS name, NULL AS was, NEW.address AS is_now
      UNION ALL SELECT 'subject_line' AS name, NULL AS was, NEW.subject_line AS is_now
      UNION ALL SELECT 'body' AS name, NULL AS was, NEW.body AS is_now
      UNION ALL SELECT 'state' AS name, NULL AS was, NEW.state AS is_now
      UNION ALL SELECT 'attempt' AS name, NULL AS was, NEW.attempt AS is_now
      UNION ALL SELECT 'not_before' AS name, NULL AS was, NEW.not_before AS is_now
      UNION ALL SELECT 'lease_until' AS name, NULL AS was, NEW.lease_until AS is_now
      UNION ALL SELECT 'worker' AS name, NULL AS was, NEW.worker AS is_now
      UNION ALL SELECT 'created_at' AS name, NULL AS was, NEW.created_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, NULL AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'result' AS name, NULL AS was, NEW.result AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_outgoing_message_update AFTER UPDATE ON outgoing_message
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'outgoing_message', 'U', NEW.id, NEW.hub_id, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'key' AS name, OLD.key AS was, NEW.key AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'way' AS name, OLD.way AS was, NEW.way AS is_now
      UNION ALL SELECT 'address' AS name, OLD.address AS was, NEW.address AS is_now
      UNION ALL SELECT 'subject_line' AS name, OLD.subject_line AS was, NEW.subject_line AS is_now
      UNION ALL SELECT 'body' AS name, OLD.body AS was, NEW.body AS is_now
      UNION ALL SELECT 'state' AS name, OLD.state AS was, NEW.state AS is_now
      UNION ALL SELECT 'attempt' AS name, OLD.attempt AS was, NEW.attempt AS is_now
      UNION ALL SELECT 'not_before' AS name, OLD.not_before AS was, NEW.not_before AS is_now
      UNION ALL SELECT 'lease_until' AS name, OLD.lease_until AS was, NEW.lease_until AS is_now
      UNION ALL SELECT 'worker' AS name, OLD.worker AS was, NEW.worker AS is_now
      UNION ALL SELECT 'created_at' AS name, OLD.created_at AS was, NEW.created_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NEW.result AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_outgoing_message_delete AFTER DELETE ON outgoing_message
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'outgoing_message', 'D', OLD.id, OLD.hub_id, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'key' AS name, OLD.key AS was, NULL AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'way' AS name, OLD.way AS was, NULL AS is_now
      UNION ALL SELECT 'address' AS name, OLD.address AS was, NULL AS is_now
      UNION ALL SELECT 'subject_line' AS name, OLD.subject_line AS was, NULL AS is_now
      UNION ALL SELECT 'body' AS name, OLD.body AS was, NULL AS is_now
      UNION ALL SELECT 'state' AS name, OLD.state AS was, NULL AS is_now
      UNION ALL SELECT 'attempt' AS name, OLD.attempt AS was, NULL AS is_now
      UNION ALL SELECT 'not_before' AS name, OLD.not_before AS was, NULL AS is_now
      UNION ALL SELECT 'lease_until' AS name, OLD.lease_until AS was, NULL AS is_now
      UNION ALL SELECT 'worker' AS name, OLD.worker AS was, NULL AS is_now
      UNION ALL SELECT 'created_at' AS name, OLD.created_at AS was, NULL AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NULL AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_snooze_insert AFTER INSERT ON snooze
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'snooze', 'I', NEW.id, NEW.hub_id, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'subject_kind' AS name, NULL AS was, NEW.subject_kind AS is_now
      UNION ALL SELECT 'subject_id' AS name, NULL AS was, NEW.subject_id AS is_now
      UNION ALL SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'until_at' AS name, NULL AS was, NEW.until_at AS is_now
      UNION ALL SELECT 'reason' AS name, NULL AS was, NEW.reason AS is_now
      UNION ALL SELECT 'by_id' AS name, NULL AS was, NEW.by_id AS is_now
      UNION ALL SELECT 'at' AS name, NULL AS was, NEW.at AS is_now
      UNION ALL SELECT 'ended_at' AS name, NULL AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_snooze_update AFTER UPDATE ON snooze
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'snooze', 'U', NEW.id, NEW.hub_id, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'subject_kind' AS name, OLD.subject_kind AS was, NEW.subject_kind AS is_now
      UNION ALL SELECT 'subject_id' AS name, OLD.subject_id AS was, NEW.subject_id AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'until_at' AS name, OLD.until_at AS was, NEW.until_at AS is_now
      UNION ALL SELECT 'reason' AS name, OLD.reason AS was, NEW.reason AS is_now
      UNION ALL SELECT 'by_id' AS name, OLD.by_id AS was, NEW.by_id AS is_now
      UNION ALL SELECT 'at' AS name, OLD.at AS was, NEW.at AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_snooze_delete AFTER DELETE ON snooze
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'snooze', 'D', OLD.id, OLD.hub_id, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'subject_kind' AS name, OLD.subject_kind AS was, NULL AS is_now
      UNION ALL SELECT 'subject_id' AS name, OLD.subject_id AS was, NULL AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'until_at' AS name, OLD.until_at AS was, NULL AS is_now
      UNION ALL SELECT 'reason' AS name, OLD.reason AS was, NULL AS is_now
      UNION ALL SELECT 'by_id' AS name, OLD.by_id AS was, NULL AS is_now
      UNION ALL SELECT 'at' AS name, OLD.at AS was, NULL AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_staff_insert AFTER INSERT ON staff
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'staff', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'login' AS name, NULL AS was, NEW.login AS is_now
      UNION ALL SELECT 'name' AS name, NULL AS was, NEW.name AS is_now
      UNION ALL SELECT 'registration' AS name, NULL AS was, NEW.registration AS is_now
      UNION ALL SELECT 'mail' AS name, NULL AS was, NEW.mail AS is_now
      UNION ALL SELECT 'is_active' AS name, NULL AS was, NEW.is_active AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_staff_update AFTER UPDATE ON staff
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'staff', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'login' AS name, OLD.login AS was, NEW.login AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NEW.name AS is_now
      UNION ALL SELECT 'registration' AS name, OLD.registration AS was, NEW.registration AS is_now
      UNION ALL SELECT 'mail' AS name, OLD.mail AS was, NEW.mail AS is_now
      UNION ALL SELECT 'is_active' AS name, OLD.is_active AS was, NEW.is_active AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_staff_delete AFTER DELETE ON staff
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'staff', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'login' AS name, OLD.login AS was, NULL AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NULL AS is_now
      UNION ALL SELECT 'registration' AS name, OLD.registration AS was, NULL AS is_now
      UNION ALL SELECT 'mail' AS name, OLD.mail AS was, NULL AS is_now
      UNION ALL SELECT 'is_active' AS name, OLD.is_active AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_task_insert AFTER INSERT ON task
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'task', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'role' AS name, NULL AS was, NEW.role AS is_now
      UNION ALL SELECT 'kind' AS name, NULL AS was, NEW.kind AS is_now
      UNION ALL SELECT 'subject' AS name, NULL AS was, NEW.subject AS is_now
      UNION ALL SELECT 'words' AS name, NULL AS was, NEW.words AS is_now
      UNION ALL SELECT 'referral_id' AS name, NULL AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'report_id' AS name, NULL AS was, NEW.report_id AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, NULL AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'created_at' AS name, NULL AS was, NEW.created_at AS is_now
      UNION ALL SELECT 'due_at' AS name, NULL AS was, NEW.due_at AS is_now
      UNION ALL SELECT 'accepted_by_id' AS name, NULL AS was, NEW.accepted_by_id AS is_now
      UNION ALL SELECT 'accepted_at' AS name, NULL AS was, NEW.accepted_at AS is_now
      UNION ALL SELECT 'done_by_id' AS name, NULL AS was, NEW.done_by_id AS is_now
      UNION ALL SELECT 'done_at' AS name, NULL AS was, NEW.done_at AS is_now
      UNION ALL SELECT 'result' AS name, NULL AS was, NEW.result AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_task_update AFTER UPDATE ON task
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'task', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'role' AS name, OLD.role AS was, NEW.role AS is_now
      UNION ALL SELECT 'kind' AS name, OLD.kind AS was, NEW.kind AS is_now
      UNION ALL SELECT 'subject' AS name, OLD.subject AS was, NEW.subject AS is_now
      UNION ALL SELECT 'words' AS name, OLD.words AS was, NEW.words AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'report_id' AS name, OLD.report_id AS was, NEW.report_id AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'created_at' AS name, OLD.created_at AS was, NEW.created_at AS is_now
      UNION ALL SELECT 'due_at' AS name, OLD.due_at AS was, NEW.due_at AS is_now
      UNION ALL SELECT 'accepted_by_id' AS name, OLD.accepted_by_id AS was, NEW.accepted_by_id AS is_now
      UNION ALL SELECT 'accepted_at' AS name, OLD.accepted_at AS was, NEW.accepted_at AS is_now
      UNION ALL SELECT 'done_by_id' AS name, OLD.done_by_id AS was, NEW.done_by_id AS is_now
      UNION ALL SELECT 'done_at' AS name, OLD.done_at AS was, NEW.done_at AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NEW.result AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_task_delete AFTER DELETE ON task
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'task', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'role' AS name, OLD.role AS was, NULL AS is_now
      UNION ALL SELECT 'kind' AS name, OLD.kind AS was, NULL AS is_now
      UNION ALL SELECT 'subject' AS name, OLD.subject AS was, NULL AS is_now
      UNION ALL SELECT 'words' AS name, OLD.words AS was, NULL AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NULL AS is_now
      UNION ALL SELECT 'report_id' AS name, OLD.report_id AS was, NULL AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NULL AS is_now
      UNION ALL SELECT 'created_at' AS name, OLD.created_at AS was, NULL AS is_now
      UNION ALL SELECT 'due_at' AS name, OLD.due_at AS was, NULL AS is_now
      UNION ALL SELECT 'accepted_by_id' AS name, OLD.accepted_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'accepted_at' AS name, OLD.accepted_at AS was, NULL AS is_now
      UNION ALL SELECT 'done_by_id' AS name, OLD.done_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'done_at' AS name, OLD.done_at AS was, NULL AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END
