DROP TRIGGER IF EXISTS zz_feed_chase_insert ;;
DROP TRIGGER IF EXISTS zz_feed_chase_update ;;
DROP TRIGGER IF EXISTS zz_feed_chase_delete ;;
DROP TRIGGER IF EXISTS zz_feed_chase_moved ;;
DROP TRIGGER IF EXISTS zz_feed_snooze_insert ;;
DROP TRIGGER IF EXISTS zz_feed_snooze_update ;;
DROP TRIGGER IF EXISTS zz_feed_snooze_delete ;;
DROP TRIGGER IF EXISTS zz_feed_snooze_moved ;;
DROP TRIGGER IF EXISTS zz_feed_staff_insert ;;
DROP TRIGGER IF EXISTS zz_feed_staff_update ;;
DROP TRIGGER IF EXISTS zz_feed_staff_delete ;;
DROP TRIGGER IF EXISTS zz_feed_task_insert ;;
DROP TRIGGER IF EXISTS zz_feed_task_update ;;
DROP TRIGGER IF EXISTS zz_feed_task_delete ;;
DROP TRIGGER IF EXISTS zz_feed_task_moved ;;
CREATE TRIGGER zz_feed_chase_insert AFTER INSERT ON chase
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('chase', 'I', NEW.id, NEW.hub_id, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_chase_update AFTER UPDATE ON chase
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('chase', 'U', NEW.id, NEW.hub_id, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_chase_delete AFTER DELETE ON chase
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('chase', 'D', OLD.id, OLD.hub_id, NULL, NULL, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_chase_moved AFTER UPDATE ON chase
WHEN OLD.hub_id IS NOT NEW.hub_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('chase', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, NULL, NULL, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_snooze_insert AFTER INSERT ON snooze
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('snooze', 'I', NEW.id, NEW.hub_id, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_snooze_update AFTER UPDATE ON snooze
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('snooze', 'U', NEW.id, NEW.hub_id, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_snooze_delete AFTER DELETE ON snooze
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('snooze', 'D', OLD.id, OLD.hub_id, NULL, NULL, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_snooze_moved AFTER UPDATE ON snooze
WHEN OLD.hub_id IS NOT NEW.hub_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('snooze', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, NULL, NULL, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_staff_insert AFTER INSERT ON staff
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('staff', 'I', NEW.id, NULL, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_staff_update AFTER UPDATE ON staff
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('staff', 'U', NEW.id, NULL, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_staff_delete AFTER DELETE ON staff
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('staff', 'D', OLD.id, NULL, NULL, NULL, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_task_insert AFTER INSERT ON task
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('task', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_task_update AFTER UPDATE ON task
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('task', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_task_delete AFTER DELETE ON task
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('task', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_task_moved AFTER UPDATE ON task
WHEN OLD.hub_id IS NOT NEW.hub_id OR OLD.referral_id IS NOT NEW.referral_id OR OLD.practitioner_id IS NOT NEW.practitioner_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('task', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, OLD.version);
END
