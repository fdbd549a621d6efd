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
CREATE TRIGGER zz_feed_competence_insert AFTER INSERT ON competence
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('competence', 'I', NEW.id, NULL, NULL, NULL, NEW.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_competence_update AFTER UPDATE ON competence
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('competence', 'U', NEW.id, NULL, NULL, NULL, NEW.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_competence_delete AFTER DELETE ON competence
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('competence', 'D', OLD.id, NULL, NULL, NULL, OLD.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_competence_moved AFTER UPDATE ON competence
WHEN OLD.practitioner_id IS NOT NEW.practitioner_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('competence', 'U', OLD.id, NULL, NULL, NULL, OLD.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_contact_insert AFTER INSERT ON contact
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('contact', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_contact_update AFTER UPDATE ON contact
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('contact', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_contact_delete AFTER DELETE ON contact
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('contact', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_contact_moved AFTER UPDATE ON contact
WHEN OLD.hub_id IS NOT NEW.hub_id OR OLD.referral_id IS NOT NEW.referral_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('contact', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, OLD.referral_id, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_device_insert AFTER INSERT ON device
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('device', 'I', NEW.id, NULL, NULL, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_device_update AFTER UPDATE ON device
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('device', 'U', NEW.id, NULL, NULL, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_device_delete AFTER DELETE ON device
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('device', 'D', OLD.id, NULL, NULL, NULL, OLD.practitioner_id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_device_moved AFTER UPDATE ON device
WHEN OLD.practitioner_id IS NOT NEW.practitioner_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('device', 'U', OLD.id, NULL, NULL, NULL, OLD.practitioner_id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_hub_insert AFTER INSERT ON hub
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('hub', 'I', NEW.id, NULL, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_hub_update AFTER UPDATE ON hub
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('hub', 'U', NEW.id, NULL, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_hub_delete AFTER DELETE ON hub
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('hub', 'D', OLD.id, NULL, NULL, NULL, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_hub_hours_insert AFTER INSERT ON hub_hours
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('hub_hours', 'I', NEW.id, NEW.hub_id, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_hub_hours_update AFTER UPDATE ON hub_hours
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('hub_hours', 'U', NEW.id, NEW.hub_id, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_hub_hours_delete AFTER DELETE ON hub_hours
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('hub_hours', 'D', OLD.id, OLD.hub_id, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_hub_hours_moved AFTER UPDATE ON hub_hours
WHEN OLD.hub_id IS NOT NEW.hub_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('hub_hours', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_marker_insert AFTER INSERT ON marker
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('marker', 'I', NEW.id, NULL, NULL, NEW.patient_id, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_marker_update AFTER UPDATE ON marker
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('marker', 'U', NEW.id, NULL, NULL, NEW.patient_id, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_marker_delete AFTER DELETE ON marker
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('marker', 'D', OLD.id, NULL, NULL, OLD.patient_id, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_marker_moved AFTER UPDATE ON marker
WHEN OLD.patient_id IS NOT NEW.patient_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('marker', 'U', OLD.id, NULL, NULL, OLD.patient_id, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_marker_acknowledgement_insert AFTER INSERT ON marker_acknowledgement
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('marker_acknowledgement', 'I', NEW.id, NULL, NEW.referral_id, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_marker_acknowledgement_update AFTER UPDATE ON marker_acknowledgement
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('marker_acknowledgement', 'U', NEW.id, NULL, NEW.referral_id, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_marker_acknowledgement_delete AFTER DELETE ON marker_acknowledgement
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('marker_acknowledgement', 'D', OLD.id, NULL, OLD.referral_id, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_marker_acknowledgement_moved AFTER UPDATE ON marker_acknowledgement
WHEN OLD.referral_id IS NOT NEW.referral_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('marker_acknowledgement', 'U', OLD.id, NULL, OLD.referral_id, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_outcome_insert AFTER INSERT ON outcome
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('outcome', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_outcome_update AFTER UPDATE ON outcome
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('outcome', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_outcome_delete AFTER DELETE ON outcome
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('outcome', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_outcome_moved AFTER UPDATE ON outcome
WHEN OLD.hub_id IS NOT NEW.hub_id OR OLD.referral_id IS NOT NEW.referral_id OR OLD.practitioner_id IS NOT NEW.practitioner_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('outcome', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_patient_insert AFTER INSERT ON patient
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('patient', 'I', NEW.id, NULL, NULL, NEW.id, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_patient_update AFTER UPDATE ON patient
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('patient', 'U', NEW.id, NULL, NULL, NEW.id, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_patient_delete AFTER DELETE ON patient
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('patient', 'D', OLD.id, NULL, NULL, OLD.id, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_position_insert AFTER INSERT ON position
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('position', 'I', NEW.id, NULL, NULL, NULL, NEW.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_position_update AFTER UPDATE ON position
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('position', 'U', NEW.id, NULL, NULL, NULL, NEW.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_position_delete AFTER DELETE ON position
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('position', 'D', OLD.id, NULL, NULL, NULL, OLD.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_position_moved AFTER UPDATE ON position
WHEN OLD.practitioner_id IS NOT NEW.practitioner_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('position', 'U', OLD.id, NULL, NULL, NULL, OLD.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_practice_insert AFTER INSERT ON practice
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('practice', 'I', NEW.id, NULL, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_practice_update AFTER UPDATE ON practice
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('practice', 'U', NEW.id, NULL, NULL, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_practice_delete AFTER DELETE ON practice
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('practice', 'D', OLD.id, NULL, NULL, NULL, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_practitioner_insert AFTER INSERT ON practitioner
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('practitioner', 'I', NEW.id, NULL, NULL, NULL, NEW.id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_practitioner_update AFTER UPDATE ON practitioner
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('practitioner', 'U', NEW.id, NULL, NULL, NULL, NEW.id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_practitioner_delete AFTER DELETE ON practitioner
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('practitioner', 'D', OLD.id, NULL, NULL, NULL, OLD.id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_queue_entry_insert AFTER INSERT ON queue_entry
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('queue_entry', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_queue_entry_update AFTER UPDATE ON queue_entry
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('queue_entry', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_queue_entry_delete AFTER DELETE ON queue_entry
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('queue_entry', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_queue_entry_moved AFTER UPDATE ON queue_entry
WHEN OLD.hub_id IS NOT NEW.hub_id OR OLD.referral_id IS NOT NEW.referral_id OR OLD.practitioner_id IS NOT NEW.practitioner_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('queue_entry', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_referral_insert AFTER INSERT ON referral
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('referral', 'I', NEW.id, NEW.hub_id, NEW.id, NEW.patient_id, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_referral_update AFTER UPDATE ON referral
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('referral', 'U', NEW.id, NEW.hub_id, NEW.id, NEW.patient_id, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_referral_delete AFTER DELETE ON referral
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('referral', 'D', OLD.id, OLD.hub_id, OLD.id, OLD.patient_id, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_referral_moved AFTER UPDATE ON referral
WHEN OLD.hub_id IS NOT NEW.hub_id OR OLD.patient_id IS NOT NEW.patient_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('referral', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, OLD.id, OLD.patient_id, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_report_insert AFTER INSERT ON report
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('report', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_report_update AFTER UPDATE ON report
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('report', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NULL, NEW.version);
END ;;
CREATE TRIGGER zz_feed_report_delete AFTER DELETE ON report
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('report', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_report_moved AFTER UPDATE ON report
WHEN OLD.hub_id IS NOT NEW.hub_id OR OLD.referral_id IS NOT NEW.referral_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('report', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, OLD.referral_id, NULL, NULL, OLD.version);
END ;;
CREATE TRIGGER zz_feed_report_version_insert AFTER INSERT ON report_version
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('report_version', 'I', NEW.id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_report_version_update AFTER UPDATE ON report_version
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('report_version', 'U', NEW.id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_report_version_delete AFTER DELETE ON report_version
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('report_version', 'D', OLD.id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_setting_insert AFTER INSERT ON setting
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('setting', 'I', NEW.id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_setting_update AFTER UPDATE ON setting
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('setting', 'U', NEW.id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_setting_delete AFTER DELETE ON setting
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('setting', 'D', OLD.id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_shift_insert AFTER INSERT ON shift
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('shift', 'I', NEW.id, NEW.hub_id, NULL, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_shift_update AFTER UPDATE ON shift
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('shift', 'U', NEW.id, NEW.hub_id, NULL, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_shift_delete AFTER DELETE ON shift
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('shift', 'D', OLD.id, OLD.hub_id, NULL, NULL, OLD.practitioner_id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_shift_moved AFTER UPDATE ON shift
WHEN OLD.hub_id IS NOT NEW.hub_id OR OLD.practitioner_id IS NOT NEW.practitioner_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('shift', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, NULL, NULL, OLD.practitioner_id, OLD.version);
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
CREATE TRIGGER zz_feed_staff_hub_insert AFTER INSERT ON staff_hub
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('staff_hub', 'I', NEW.staff_id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_staff_hub_update AFTER UPDATE ON staff_hub
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('staff_hub', 'U', NEW.staff_id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_staff_hub_delete AFTER DELETE ON staff_hub
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('staff_hub', 'D', OLD.staff_id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_staff_role_insert AFTER INSERT ON staff_role
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('staff_role', 'I', NEW.id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_staff_role_update AFTER UPDATE ON staff_role
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('staff_role', 'U', NEW.id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_staff_role_delete AFTER DELETE ON staff_role
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('staff_role', 'D', OLD.id, NULL, NULL, NULL, NULL, NULL);
END ;;
CREATE TRIGGER zz_feed_step_insert AFTER INSERT ON step
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('step', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_step_update AFTER UPDATE ON step
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('step', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_step_delete AFTER DELETE ON step
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('step', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, NULL);
END ;;
CREATE TRIGGER zz_feed_step_moved AFTER UPDATE ON step
WHEN OLD.hub_id IS NOT NEW.hub_id OR OLD.referral_id IS NOT NEW.referral_id OR OLD.practitioner_id IS NOT NEW.practitioner_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('step', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, NULL);
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
END ;;
CREATE TRIGGER zz_feed_visit_insert AFTER INSERT ON visit
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('visit', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_visit_update AFTER UPDATE ON visit
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('visit', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL, NEW.practitioner_id, NEW.version);
END ;;
CREATE TRIGGER zz_feed_visit_delete AFTER DELETE ON visit
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('visit', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, OLD.version);
END ;;
CREATE TRIGGER zz_feed_visit_moved AFTER UPDATE ON visit
WHEN OLD.hub_id IS NOT NEW.hub_id OR OLD.referral_id IS NOT NEW.referral_id OR OLD.practitioner_id IS NOT NEW.practitioner_id
BEGIN
  INSERT INTO change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
  VALUES ('visit', CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END, OLD.id, OLD.hub_id, OLD.referral_id, NULL, OLD.practitioner_id, OLD.version);
END
