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
      UNION ALL SELECT 'channel' AS name, NULL AS was, NEW.channel AS is_now
      UNION ALL SELECT 'state' AS name, NULL AS was, NEW.state AS is_now
      UNION ALL SELECT 'attempt' AS name, NULL AS was, NEW.attempt AS is_now
      UNION ALL SELECT 'not_before' AS name, NULL AS was, NEW.not_before AS is_now
      UNION ALL SELECT 'lease_until' AS name, NULL AS was, NEW.lease_until AS is_now
      UNION ALL SELECT 'worker' AS name, NULL AS was, NEW.worker AS is_now
      UNION ALL SELECT 'planned_at' AS name, NULL AS was, NEW.planned_at AS is_now
      UNION ALL SELECT 'sent_at' AS name, NULL AS was, NEW.sent_at AS is_now
      UNION ALL SELECT 'result' AS name, NULL AS was, NEW.result AS is_now
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
      UNION ALL SELECT 'channel' AS name, OLD.channel AS was, NEW.channel AS is_now
      UNION ALL SELECT 'state' AS name, OLD.state AS was, NEW.state AS is_now
      UNION ALL SELECT 'attempt' AS name, OLD.attempt AS was, NEW.attempt AS is_now
      UNION ALL SELECT 'not_before' AS name, OLD.not_before AS was, NEW.not_before AS is_now
      UNION ALL SELECT 'lease_until' AS name, OLD.lease_until AS was, NEW.lease_until AS is_now
      UNION ALL SELECT 'worker' AS name, OLD.worker AS was, NEW.worker AS is_now
      UNION ALL SELECT 'planned_at' AS name, OLD.planned_at AS was, NEW.planned_at AS is_now
      UNION ALL SELECT 'sent_at' AS name, OLD.sent_at AS was, NEW.sent_at AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NEW.result AS is_now
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
      UNION ALL SELECT 'channel' AS name, OLD.channel AS was, NULL AS is_now
      UNION ALL SELECT 'state' AS name, OLD.state AS was, NULL AS is_now
      UNION ALL SELECT 'attempt' AS name, OLD.attempt AS was, NULL AS is_now
      UNION ALL SELECT 'not_before' AS name, OLD.not_before AS was, NULL AS is_now
      UNION ALL SELECT 'lease_until' AS name, OLD.lease_until AS was, NULL AS is_now
      UNION ALL SELECT 'worker' AS name, OLD.worker AS was, NULL AS is_now
      UNION ALL SELECT 'planned_at' AS name, OLD.planned_at AS was, NULL AS is_now
      UNION ALL SELECT 'sent_at' AS name, OLD.sent_at AS was, NULL AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_competence_insert AFTER INSERT ON competence
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'competence', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'practitioner_id' AS name, NULL AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'name' AS name, NULL AS was, NEW.name AS is_now
      UNION ALL SELECT 'expires_on' AS name, NULL AS was, NEW.expires_on AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_competence_update AFTER UPDATE ON competence
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'competence', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NEW.name AS is_now
      UNION ALL SELECT 'expires_on' AS name, OLD.expires_on AS was, NEW.expires_on AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_competence_delete AFTER DELETE ON competence
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'competence', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NULL AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NULL AS is_now
      UNION ALL SELECT 'expires_on' AS name, OLD.expires_on AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_contact_insert AFTER INSERT ON contact
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'contact', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, NULL AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'report_id' AS name, NULL AS was, NEW.report_id AS is_now
      UNION ALL SELECT 'practice_id' AS name, NULL AS was, NEW.practice_id AS is_now
      UNION ALL SELECT 'contact_with' AS name, NULL AS was, NEW.contact_with AS is_now
      UNION ALL SELECT 'channel' AS name, NULL AS was, NEW.channel AS is_now
      UNION ALL SELECT 'number' AS name, NULL AS was, NEW.number AS is_now
      UNION ALL SELECT 'result' AS name, NULL AS was, NEW.result AS is_now
      UNION ALL SELECT 'said' AS name, NULL AS was, NEW.said AS is_now
      UNION ALL SELECT 'promised_by_at' AS name, NULL AS was, NEW.promised_by_at AS is_now
      UNION ALL SELECT 'happened_at' AS name, NULL AS was, NEW.happened_at AS is_now
      UNION ALL SELECT 'entered_at' AS name, NULL AS was, NEW.entered_at AS is_now
      UNION ALL SELECT 'by_id' AS name, NULL AS was, NEW.by_id AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_contact_update AFTER UPDATE ON contact
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'contact', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'report_id' AS name, OLD.report_id AS was, NEW.report_id AS is_now
      UNION ALL SELECT 'practice_id' AS name, OLD.practice_id AS was, NEW.practice_id AS is_now
      UNION ALL SELECT 'contact_with' AS name, OLD.contact_with AS was, NEW.contact_with AS is_now
      UNION ALL SELECT 'channel' AS name, OLD.channel AS was, NEW.channel AS is_now
      UNION ALL SELECT 'number' AS name, OLD.number AS was, NEW.number AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NEW.result AS is_now
      UNION ALL SELECT 'said' AS name, OLD.said AS was, NEW.said AS is_now
      UNION ALL SELECT 'promised_by_at' AS name, OLD.promised_by_at AS was, NEW.promised_by_at AS is_now
      UNION ALL SELECT 'happened_at' AS name, OLD.happened_at AS was, NEW.happened_at AS is_now
      UNION ALL SELECT 'entered_at' AS name, OLD.entered_at AS was, NEW.entered_at AS is_now
      UNION ALL SELECT 'by_id' AS name, OLD.by_id AS was, NEW.by_id AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_contact_delete AFTER DELETE ON contact
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'contact', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NULL AS is_now
      UNION ALL SELECT 'report_id' AS name, OLD.report_id AS was, NULL AS is_now
      UNION ALL SELECT 'practice_id' AS name, OLD.practice_id AS was, NULL AS is_now
      UNION ALL SELECT 'contact_with' AS name, OLD.contact_with AS was, NULL AS is_now
      UNION ALL SELECT 'channel' AS name, OLD.channel AS was, NULL AS is_now
      UNION ALL SELECT 'number' AS name, OLD.number AS was, NULL AS is_now
      UNION ALL SELECT 'result' AS name, OLD.result AS was, NULL AS is_now
      UNION ALL SELECT 'said' AS name, OLD.said AS was, NULL AS is_now
      UNION ALL SELECT 'promised_by_at' AS name, OLD.promised_by_at AS was, NULL AS is_now
      UNION ALL SELECT 'happened_at' AS name, OLD.happened_at AS was, NULL AS is_now
      UNION ALL SELECT 'entered_at' AS name, OLD.entered_at AS was, NULL AS is_now
      UNION ALL SELECT 'by_id' AS name, OLD.by_id AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_device_insert AFTER INSERT ON device
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'device', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'practitioner_id' AS name, NULL AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'label' AS name, NULL AS was, NEW.label AS is_now
      UNION ALL SELECT 'is_active' AS name, NULL AS was, NEW.is_active AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_device_update AFTER UPDATE ON device
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'device', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'label' AS name, OLD.label AS was, NEW.label AS is_now
      UNION ALL SELECT 'is_active' AS name, OLD.is_active AS was, NEW.is_active AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_device_delete AFTER DELETE ON device
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'device', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NULL AS is_now
      UNION ALL SELECT 'label' AS name, OLD.label AS was, NULL AS is_now
      UNION ALL SELECT 'is_active' AS name, OLD.is_active AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_hub_insert AFTER INSERT ON hub
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'hub', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'code' AS name, NULL AS was, NEW.code AS is_now
      UNION ALL SELECT 'name' AS name, NULL AS was, NEW.name AS is_now
      UNION ALL SELECT 'phone' AS name, NULL AS was, NEW.phone AS is_now
      UNION ALL SELECT 'postcode' AS name, NULL AS was, NEW.postcode AS is_now
      UNION ALL SELECT 'lat' AS name, NULL AS was, NEW.lat AS is_now
      UNION ALL SELECT 'lon' AS name, NULL AS was, NEW.lon AS is_now
      UNION ALL SELECT 'is_intake' AS name, NULL AS was, NEW.is_intake AS is_now
      UNION ALL SELECT 'is_closed_down' AS name, NULL AS was, NEW.is_closed_down AS is_now
      UNION ALL SELECT 'closed_down_at' AS name, NULL AS was, NEW.closed_down_at AS is_now
      UNION ALL SELECT 'diverts_to_id' AS name, NULL AS was, NEW.diverts_to_id AS is_now
      UNION ALL SELECT 'diverts_until' AS name, NULL AS was, NEW.diverts_until AS is_now
      UNION ALL SELECT 'diverted_by_id' AS name, NULL AS was, NEW.diverted_by_id AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_hub_update AFTER UPDATE ON hub
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'hub', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'code' AS name, OLD.code AS was, NEW.code AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NEW.name AS is_now
      UNION ALL SELECT 'phone' AS name, OLD.phone AS was, NEW.phone AS is_now
      UNION ALL SELECT 'postcode' AS name, OLD.postcode AS was, NEW.postcode AS is_now
      UNION ALL SELECT 'lat' AS name, OLD.lat AS was, NEW.lat AS is_now
      UNION ALL SELECT 'lon' AS name, OLD.lon AS was, NEW.lon AS is_now
      UNION ALL SELECT 'is_intake' AS name, OLD.is_intake AS was, NEW.is_intake AS is_now
      UNION ALL SELECT 'is_closed_down' AS name, OLD.is_closed_down AS was, NEW.is_closed_down AS is_now
      UNION ALL SELECT 'closed_down_at' AS name, OLD.closed_down_at AS was, NEW.closed_down_at AS is_now
      UNION ALL SELECT 'diverts_to_id' AS name, OLD.diverts_to_id AS was, NEW.diverts_to_id AS is_now
      UNION ALL SELECT 'diverts_until' AS name, OLD.diverts_until AS was, NEW.diverts_until AS is_now
      UNION ALL SELECT 'diverted_by_id' AS name, OLD.diverted_by_id AS was, NEW.diverted_by_id AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_hub_delete AFTER DELETE ON hub
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'hub', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'code' AS name, OLD.code AS was, NULL AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NULL AS is_now
      UNION ALL SELECT 'phone' AS name, OLD.phone AS was, NULL AS is_now
      UNION ALL SELECT 'postcode' AS name, OLD.postcode AS was, NULL AS is_now
      UNION ALL SELECT 'lat' AS name, OLD.lat AS was, NULL AS is_now
      UNION ALL SELECT 'lon' AS name, OLD.lon AS was, NULL AS is_now
      UNION ALL SELECT 'is_intake' AS name, OLD.is_intake AS was, NULL AS is_now
      UNION ALL SELECT 'is_closed_down' AS name, OLD.is_closed_down AS was, NULL AS is_now
      UNION ALL SELECT 'closed_down_at' AS name, OLD.closed_down_at AS was, NULL AS is_now
      UNION ALL SELECT 'diverts_to_id' AS name, OLD.diverts_to_id AS was, NULL AS is_now
      UNION ALL SELECT 'diverts_until' AS name, OLD.diverts_until AS was, NULL AS is_now
      UNION ALL SELECT 'diverted_by_id' AS name, OLD.diverted_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_hub_hours_insert AFTER INSERT ON hub_hours
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'hub_hours', 'I', NEW.id, NEW.hub_id, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'weekday' AS name, NULL AS was, NEW.weekday AS is_now
      UNION ALL SELECT 'opens' AS name, NULL AS was, NEW.opens AS is_now
      UNION ALL SELECT 'closes' AS name, NULL AS was, NEW.closes AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_hub_hours_update AFTER UPDATE ON hub_hours
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'hub_hours', 'U', NEW.id, NEW.hub_id, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'weekday' AS name, OLD.weekday AS was, NEW.weekday AS is_now
      UNION ALL SELECT 'opens' AS name, OLD.opens AS was, NEW.opens AS is_now
      UNION ALL SELECT 'closes' AS name, OLD.closes AS was, NEW.closes AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_hub_hours_delete AFTER DELETE ON hub_hours
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'hub_hours', 'D', OLD.id, OLD.hub_id, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'weekday' AS name, OLD.weekday AS was, NULL AS is_now
      UNION ALL SELECT 'opens' AS name, OLD.opens AS was, NULL AS is_now
      UNION ALL SELECT 'closes' AS name, OLD.closes AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_marker_insert AFTER INSERT ON marker
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'marker', 'I', NEW.id, NULL, NULL, NEW.patient_id,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'patient_id' AS name, NULL AS was, NEW.patient_id AS is_now
      UNION ALL SELECT 'place_postcode' AS name, NULL AS was, NEW.place_postcode AS is_now
      UNION ALL SELECT 'place_address' AS name, NULL AS was, NEW.place_address AS is_now
      UNION ALL SELECT 'kind' AS name, NULL AS was, NEW.kind AS is_now
      UNION ALL SELECT 'words' AS name, NULL AS was, NEW.words AS is_now
      UNION ALL SELECT 'owner_id' AS name, NULL AS was, NEW.owner_id AS is_now
      UNION ALL SELECT 'review_on' AS name, NULL AS was, NEW.review_on AS is_now
      UNION ALL SELECT 'created_at' AS name, NULL AS was, NEW.created_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, NULL AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'ended_by_id' AS name, NULL AS was, NEW.ended_by_id AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_marker_update AFTER UPDATE ON marker
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'marker', 'U', NEW.id, NULL, NULL, NEW.patient_id,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'patient_id' AS name, OLD.patient_id AS was, NEW.patient_id AS is_now
      UNION ALL SELECT 'place_postcode' AS name, OLD.place_postcode AS was, NEW.place_postcode AS is_now
      UNION ALL SELECT 'place_address' AS name, OLD.place_address AS was, NEW.place_address AS is_now
      UNION ALL SELECT 'kind' AS name, OLD.kind AS was, NEW.kind AS is_now
      UNION ALL SELECT 'words' AS name, OLD.words AS was, NEW.words AS is_now
      UNION ALL SELECT 'owner_id' AS name, OLD.owner_id AS was, NEW.owner_id AS is_now
      UNION ALL SELECT 'review_on' AS name, OLD.review_on AS was, NEW.review_on AS is_now
      UNION ALL SELECT 'created_at' AS name, OLD.created_at AS was, NEW.created_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'ended_by_id' AS name, OLD.ended_by_id AS was, NEW.ended_by_id AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_marker_delete AFTER DELETE ON marker
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'marker', 'D', OLD.id, NULL, NULL, OLD.patient_id,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'patient_id' AS name, OLD.patient_id AS was, NULL AS is_now
      UNION ALL SELECT 'place_postcode' AS name, OLD.place_postcode AS was, NULL AS is_now
      UNION ALL SELECT 'place_address' AS name, OLD.place_address AS was, NULL AS is_now
      UNION ALL SELECT 'kind' AS name, OLD.kind AS was, NULL AS is_now
      UNION ALL SELECT 'words' AS name, OLD.words AS was, NULL AS is_now
      UNION ALL SELECT 'owner_id' AS name, OLD.owner_id AS was, NULL AS is_now
      UNION ALL SELECT 'review_on' AS name, OLD.review_on AS was, NULL AS is_now
      UNION ALL SELECT 'created_at' AS name, OLD.created_at AS was, NULL AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NULL AS is_now
      UNION ALL SELECT 'ended_by_id' AS name, OLD.ended_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_marker_acknowledgement_insert AFTER INSERT ON marker_acknowledgement
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'marker_acknowledgement', 'I', NEW.id, NULL, NEW.referral_id, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'marker_id' AS name, NULL AS was, NEW.marker_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, NULL AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'acknowledged_by_id' AS name, NULL AS was, NEW.acknowledged_by_id AS is_now
      UNION ALL SELECT 'acknowledged_at' AS name, NULL AS was, NEW.acknowledged_at AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_marker_acknowledgement_update AFTER UPDATE ON marker_acknowledgement
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'marker_acknowledgement', 'U', NEW.id, NULL, NEW.referral_id, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'marker_id' AS name, OLD.marker_id AS was, NEW.marker_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'acknowledged_by_id' AS name, OLD.acknowledged_by_id AS was, NEW.acknowledged_by_id AS is_now
      UNION ALL SELECT 'acknowledged_at' AS name, OLD.acknowledged_at AS was, NEW.acknowledged_at AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_marker_acknowledgement_delete AFTER DELETE ON marker_acknowledgement
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'marker_acknowledgement', 'D', OLD.id, NULL, OLD.referral_id, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'marker_id' AS name, OLD.marker_id AS was, NULL AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NULL AS is_now
      UNION ALL SELECT 'acknowledged_by_id' AS name, OLD.acknowledged_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'acknowledged_at' AS name, OLD.acknowledged_at AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_outcome_insert AFTER INSERT ON outcome
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'outcome', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, NULL AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'visit_id' AS name, NULL AS was, NEW.visit_id AS is_now
      UNION ALL SELECT 'queue_entry_id' AS name, NULL AS was, NEW.queue_entry_id AS is_now
      UNION ALL SELECT 'kind' AS name, NULL AS was, NEW.kind AS is_now
      UNION ALL SELECT 'disposition' AS name, NULL AS was, NEW.disposition AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, NULL AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'ended_at' AS name, NULL AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'admission_prevented' AS name, NULL AS was, NEW.admission_prevented AS is_now
      UNION ALL SELECT 'prevented_judged_by' AS name, NULL AS was, NEW.prevented_judged_by AS is_now
      UNION ALL SELECT 'prevented_because' AS name, NULL AS was, NEW.prevented_because AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_outcome_update AFTER UPDATE ON outcome
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'outcome', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'visit_id' AS name, OLD.visit_id AS was, NEW.visit_id AS is_now
      UNION ALL SELECT 'queue_entry_id' AS name, OLD.queue_entry_id AS was, NEW.queue_entry_id AS is_now
      UNION ALL SELECT 'kind' AS name, OLD.kind AS was, NEW.kind AS is_now
      UNION ALL SELECT 'disposition' AS name, OLD.disposition AS was, NEW.disposition AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'admission_prevented' AS name, OLD.admission_prevented AS was, NEW.admission_prevented AS is_now
      UNION ALL SELECT 'prevented_judged_by' AS name, OLD.prevented_judged_by AS was, NEW.prevented_judged_by AS is_now
      UNION ALL SELECT 'prevented_because' AS name, OLD.prevented_because AS was, NEW.prevented_because AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_outcome_delete AFTER DELETE ON outcome
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'outcome', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NULL AS is_now
      UNION ALL SELECT 'visit_id' AS name, OLD.visit_id AS was, NULL AS is_now
      UNION ALL SELECT 'queue_entry_id' AS name, OLD.queue_entry_id AS was, NULL AS is_now
      UNION ALL SELECT 'kind' AS name, OLD.kind AS was, NULL AS is_now
      UNION ALL SELECT 'disposition' AS name, OLD.disposition AS was, NULL AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NULL AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NULL AS is_now
      UNION ALL SELECT 'admission_prevented' AS name, OLD.admission_prevented AS was, NULL AS is_now
      UNION ALL SELECT 'prevented_judged_by' AS name, OLD.prevented_judged_by AS was, NULL AS is_now
      UNION ALL SELECT 'prevented_because' AS name, OLD.prevented_because AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_patient_insert AFTER INSERT ON patient
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'patient', 'I', NEW.id, NULL, NULL, NEW.id,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'title' AS name, NULL AS was, NEW.title AS is_now
      UNION ALL SELECT 'family_name' AS name, NULL AS was, NEW.family_name AS is_now
      UNION ALL SELECT 'given_name' AS name, NULL AS was, NEW.given_name AS is_now
      UNION ALL SELECT 'birth_date' AS name, NULL AS was, NEW.birth_date AS is_now
      UNION ALL SELECT 'gender' AS name, NULL AS was, NEW.gender AS is_now
      UNION ALL SELECT 'nhs_number' AS name, NULL AS was, NEW.nhs_number AS is_now
      UNION ALL SELECT 'nhs_number_verified' AS name, NULL AS was, NEW.nhs_number_verified AS is_now
      UNION ALL SELECT 'home_address' AS name, NULL AS was, NEW.home_address AS is_now
      UNION ALL SELECT 'home_postcode' AS name, NULL AS was, NEW.home_postcode AS is_now
      UNION ALL SELECT 'phone' AS name, NULL AS was, NEW.phone AS is_now
      UNION ALL SELECT 'other_phones' AS name, NULL AS was, NEW.other_phones AS is_now
      UNION ALL SELECT 'practice_id' AS name, NULL AS was, NEW.practice_id AS is_now
      UNION ALL SELECT 'deceased_at' AS name, NULL AS was, NEW.deceased_at AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_patient_update AFTER UPDATE ON patient
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'patient', 'U', NEW.id, NULL, NULL, NEW.id,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'title' AS name, OLD.title AS was, NEW.title AS is_now
      UNION ALL SELECT 'family_name' AS name, OLD.family_name AS was, NEW.family_name AS is_now
      UNION ALL SELECT 'given_name' AS name, OLD.given_name AS was, NEW.given_name AS is_now
      UNION ALL SELECT 'birth_date' AS name, OLD.birth_date AS was, NEW.birth_date AS is_now
      UNION ALL SELECT 'gender' AS name, OLD.gender AS was, NEW.gender AS is_now
      UNION ALL SELECT 'nhs_number' AS name, OLD.nhs_number AS was, NEW.nhs_number AS is_now
      UNION ALL SELECT 'nhs_number_verified' AS name, OLD.nhs_number_verified AS was, NEW.nhs_number_verified AS is_now
      UNION ALL SELECT 'home_address' AS name, OLD.home_address AS was, NEW.home_address AS is_now
      UNION ALL SELECT 'home_postcode' AS name, OLD.home_postcode AS was, NEW.home_postcode AS is_now
      UNION ALL SELECT 'phone' AS name, OLD.phone AS was, NEW.phone AS is_now
      UNION ALL SELECT 'other_phones' AS name, OLD.other_phones AS was, NEW.other_phones AS is_now
      UNION ALL SELECT 'practice_id' AS name, OLD.practice_id AS was, NEW.practice_id AS is_now
      UNION ALL SELECT 'deceased_at' AS name, OLD.deceased_at AS was, NEW.deceased_at AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_patient_delete AFTER DELETE ON patient
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'patient', 'D', OLD.id, NULL, NULL, OLD.id,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'title' AS name, OLD.title AS was, NULL AS is_now
      UNION ALL SELECT 'family_name' AS name, OLD.family_name AS was, NULL AS is_now
      UNION ALL SELECT 'given_name' AS name, OLD.given_name AS was, NULL AS is_now
      UNION ALL SELECT 'birth_date' AS name, OLD.birth_date AS was, NULL AS is_now
      UNION ALL SELECT 'gender' AS name, OLD.gender AS was, NULL AS is_now
      UNION ALL SELECT 'nhs_number' AS name, OLD.nhs_number AS was, NULL AS is_now
      UNION ALL SELECT 'nhs_number_verified' AS name, OLD.nhs_number_verified AS was, NULL AS is_now
      UNION ALL SELECT 'home_address' AS name, OLD.home_address AS was, NULL AS is_now
      UNION ALL SELECT 'home_postcode' AS name, OLD.home_postcode AS was, NULL AS is_now
      UNION ALL SELECT 'phone' AS name, OLD.phone AS was, NULL AS is_now
      UNION ALL SELECT 'other_phones' AS name, OLD.other_phones AS was, NULL AS is_now
      UNION ALL SELECT 'practice_id' AS name, OLD.practice_id AS was, NULL AS is_now
      UNION ALL SELECT 'deceased_at' AS name, OLD.deceased_at AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_patient_hub_insert AFTER INSERT ON patient_hub
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'patient_hub', 'I', NEW.patient_id, NEW.hub_id, NULL, NEW.patient_id,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'patient_id' AS name, NULL AS was, NEW.patient_id AS is_now
      UNION ALL SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_patient_hub_update AFTER UPDATE ON patient_hub
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'patient_hub', 'U', NEW.patient_id, NEW.hub_id, NULL, NEW.patient_id,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'patient_id' AS name, OLD.patient_id AS was, NEW.patient_id AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_patient_hub_delete AFTER DELETE ON patient_hub
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'patient_hub', 'D', OLD.patient_id, OLD.hub_id, NULL, OLD.patient_id,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'patient_id' AS name, OLD.patient_id AS was, NULL AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_position_update AFTER UPDATE ON position
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'position', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'lat' AS name, OLD.lat AS was, NEW.lat AS is_now
      UNION ALL SELECT 'lon' AS name, OLD.lon AS was, NEW.lon AS is_now
      UNION ALL SELECT 'accuracy_m' AS name, OLD.accuracy_m AS was, NEW.accuracy_m AS is_now
      UNION ALL SELECT 'source' AS name, OLD.source AS was, NEW.source AS is_now
      UNION ALL SELECT 'at' AS name, OLD.at AS was, NEW.at AS is_now
      UNION ALL SELECT 'entered_at' AS name, OLD.entered_at AS was, NEW.entered_at AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_position_delete AFTER DELETE ON position
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'position', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NULL AS is_now
      UNION ALL SELECT 'lat' AS name, OLD.lat AS was, NULL AS is_now
      UNION ALL SELECT 'lon' AS name, OLD.lon AS was, NULL AS is_now
      UNION ALL SELECT 'accuracy_m' AS name, OLD.accuracy_m AS was, NULL AS is_now
      UNION ALL SELECT 'source' AS name, OLD.source AS was, NULL AS is_now
      UNION ALL SELECT 'at' AS name, OLD.at AS was, NULL AS is_now
      UNION ALL SELECT 'entered_at' AS name, OLD.entered_at AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_practice_insert AFTER INSERT ON practice
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'practice', 'I', NEW.id, NEW.hub_id, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'ods_code' AS name, NULL AS was, NEW.ods_code AS is_now
      UNION ALL SELECT 'name' AS name, NULL AS was, NEW.name AS is_now
      UNION ALL SELECT 'address' AS name, NULL AS was, NEW.address AS is_now
      UNION ALL SELECT 'postcode' AS name, NULL AS was, NEW.postcode AS is_now
      UNION ALL SELECT 'phone' AS name, NULL AS was, NEW.phone AS is_now
      UNION ALL SELECT 'mail' AS name, NULL AS was, NEW.mail AS is_now
      UNION ALL SELECT 'lat' AS name, NULL AS was, NEW.lat AS is_now
      UNION ALL SELECT 'lon' AS name, NULL AS was, NEW.lon AS is_now
      UNION ALL SELECT 'is_active' AS name, NULL AS was, NEW.is_active AS is_now
      UNION ALL SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_practice_update AFTER UPDATE ON practice
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'practice', 'U', NEW.id, NEW.hub_id, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'ods_code' AS name, OLD.ods_code AS was, NEW.ods_code AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NEW.name AS is_now
      UNION ALL SELECT 'address' AS name, OLD.address AS was, NEW.address AS is_now
      UNION ALL SELECT 'postcode' AS name, OLD.postcode AS was, NEW.postcode AS is_now
      UNION ALL SELECT 'phone' AS name, OLD.phone AS was, NEW.phone AS is_now
      UNION ALL SELECT 'mail' AS name, OLD.mail AS was, NEW.mail AS is_now
      UNION ALL SELECT 'lat' AS name, OLD.lat AS was, NEW.lat AS is_now
      UNION ALL SELECT 'lon' AS name, OLD.lon AS was, NEW.lon AS is_now
      UNION ALL SELECT 'is_active' AS name, OLD.is_active AS was, NEW.is_active AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_practice_delete AFTER DELETE ON practice
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'practice', 'D', OLD.id, OLD.hub_id, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'ods_code' AS name, OLD.ods_code AS was, NULL AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NULL AS is_now
      UNION ALL SELECT 'address' AS name, OLD.address AS was, NULL AS is_now
      UNION ALL SELECT 'postcode' AS name, OLD.postcode AS was, NULL AS is_now
      UNION ALL SELECT 'phone' AS name, OLD.phone AS was, NULL AS is_now
      UNION ALL SELECT 'mail' AS name, OLD.mail AS was, NULL AS is_now
      UNION ALL SELECT 'lat' AS name, OLD.lat AS was, NULL AS is_now
      UNION ALL SELECT 'lon' AS name, OLD.lon AS was, NULL AS is_now
      UNION ALL SELECT 'is_active' AS name, OLD.is_active AS was, NULL AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_practitioner_insert AFTER INSERT ON practitioner
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'practitioner', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'staff_id' AS name, NULL AS was, NEW.staff_id AS is_now
      UNION ALL SELECT 'name' AS name, NULL AS was, NEW.name AS is_now
      UNION ALL SELECT 'profession' AS name, NULL AS was, NEW.profession AS is_now
      UNION ALL SELECT 'grade' AS name, NULL AS was, NEW.grade AS is_now
      UNION ALL SELECT 'employer' AS name, NULL AS was, NEW.employer AS is_now
      UNION ALL SELECT 'phone' AS name, NULL AS was, NEW.phone AS is_now
      UNION ALL SELECT 'registration' AS name, NULL AS was, NEW.registration AS is_now
      UNION ALL SELECT 'is_active' AS name, NULL AS was, NEW.is_active AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_practitioner_update AFTER UPDATE ON practitioner
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'practitioner', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'staff_id' AS name, OLD.staff_id AS was, NEW.staff_id AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NEW.name AS is_now
      UNION ALL SELECT 'profession' AS name, OLD.profession AS was, NEW.profession AS is_now
      UNION ALL SELECT 'grade' AS name, OLD.grade AS was, NEW.grade AS is_now
      UNION ALL SELECT 'employer' AS name, OLD.employer AS was, NEW.employer AS is_now
      UNION ALL SELECT 'phone' AS name, OLD.phone AS was, NEW.phone AS is_now
      UNION ALL SELECT 'registration' AS name, OLD.registration AS was, NEW.registration AS is_now
      UNION ALL SELECT 'is_active' AS name, OLD.is_active AS was, NEW.is_active AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_practitioner_delete AFTER DELETE ON practitioner
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'practitioner', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'staff_id' AS name, OLD.staff_id AS was, NULL AS is_now
      UNION ALL SELECT 'name' AS name, OLD.name AS was, NULL AS is_now
      UNION ALL SELECT 'profession' AS name, OLD.profession AS was, NULL AS is_now
      UNION ALL SELECT 'grade' AS name, OLD.grade AS was, NULL AS is_now
      UNION ALL SELECT 'employer' AS name, OLD.employer AS was, NULL AS is_now
      UNION ALL SELECT 'phone' AS name, OLD.phone AS was, NULL AS is_now
      UNION ALL SELECT 'registration' AS name, OLD.registration AS was, NULL AS is_now
      UNION ALL SELECT 'is_active' AS name, OLD.is_active AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_queue_entry_insert AFTER INSERT ON queue_entry
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'queue_entry', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, NULL AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'status' AS name, NULL AS was, NEW.status AS is_now
      UNION ALL SELECT 'stream' AS name, NULL AS was, NEW.stream AS is_now
      UNION ALL SELECT 'booked_for_at' AS name, NULL AS was, NEW.booked_for_at AS is_now
      UNION ALL SELECT 'arrived_at' AS name, NULL AS was, NEW.arrived_at AS is_now
      UNION ALL SELECT 'stream_due_at' AS name, NULL AS was, NEW.stream_due_at AS is_now
      UNION ALL SELECT 'streamed_at' AS name, NULL AS was, NEW.streamed_at AS is_now
      UNION ALL SELECT 'called_at' AS name, NULL AS was, NEW.called_at AS is_now
      UNION ALL SELECT 'being_seen_at' AS name, NULL AS was, NEW.being_seen_at AS is_now
      UNION ALL SELECT 'seen_at' AS name, NULL AS was, NEW.seen_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, NULL AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'ended_because' AS name, NULL AS was, NEW.ended_because AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, NULL AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_queue_entry_update AFTER UPDATE ON queue_entry
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'queue_entry', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'status' AS name, OLD.status AS was, NEW.status AS is_now
      UNION ALL SELECT 'stream' AS name, OLD.stream AS was, NEW.stream AS is_now
      UNION ALL SELECT 'booked_for_at' AS name, OLD.booked_for_at AS was, NEW.booked_for_at AS is_now
      UNION ALL SELECT 'arrived_at' AS name, OLD.arrived_at AS was, NEW.arrived_at AS is_now
      UNION ALL SELECT 'stream_due_at' AS name, OLD.stream_due_at AS was, NEW.stream_due_at AS is_now
      UNION ALL SELECT 'streamed_at' AS name, OLD.streamed_at AS was, NEW.streamed_at AS is_now
      UNION ALL SELECT 'called_at' AS name, OLD.called_at AS was, NEW.called_at AS is_now
      UNION ALL SELECT 'being_seen_at' AS name, OLD.being_seen_at AS was, NEW.being_seen_at AS is_now
      UNION ALL SELECT 'seen_at' AS name, OLD.seen_at AS was, NEW.seen_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'ended_because' AS name, OLD.ended_because AS was, NEW.ended_because AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_queue_entry_delete AFTER DELETE ON queue_entry
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'queue_entry', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NULL AS is_now
      UNION ALL SELECT 'status' AS name, OLD.status AS was, NULL AS is_now
      UNION ALL SELECT 'stream' AS name, OLD.stream AS was, NULL AS is_now
      UNION ALL SELECT 'booked_for_at' AS name, OLD.booked_for_at AS was, NULL AS is_now
      UNION ALL SELECT 'arrived_at' AS name, OLD.arrived_at AS was, NULL AS is_now
      UNION ALL SELECT 'stream_due_at' AS name, OLD.stream_due_at AS was, NULL AS is_now
      UNION ALL SELECT 'streamed_at' AS name, OLD.streamed_at AS was, NULL AS is_now
      UNION ALL SELECT 'called_at' AS name, OLD.called_at AS was, NULL AS is_now
      UNION ALL SELECT 'being_seen_at' AS name, OLD.being_seen_at AS was, NULL AS is_now
      UNION ALL SELECT 'seen_at' AS name, OLD.seen_at AS was, NULL AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NULL AS is_now
      UNION ALL SELECT 'ended_because' AS name, OLD.ended_because AS was, NULL AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_received_message_insert AFTER INSERT ON received_message
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'received_message', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'origin' AS name, NULL AS was, NEW.origin AS is_now
      UNION ALL SELECT 'received_at' AS name, NULL AS was, NEW.received_at AS is_now
      UNION ALL SELECT 'sha256' AS name, NULL AS was, NEW.sha256 AS is_now
      UNION ALL SELECT 'size' AS name, NULL AS was, NEW.size AS is_now
      UNION ALL SELECT 'is_whole' AS name, NULL AS was, NEW.is_whole AS is_now
      UNION ALL SELECT 'state' AS name, NULL AS was, NEW.state AS is_now
      UNION ALL SELECT 'message_key' AS name, NULL AS was, NEW.message_key AS is_now
      UNION ALL SELECT 'issues' AS name, NULL AS was, NEW.issues AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_received_message_update AFTER UPDATE ON received_message
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'received_message', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'origin' AS name, OLD.origin AS was, NEW.origin AS is_now
      UNION ALL SELECT 'received_at' AS name, OLD.received_at AS was, NEW.received_at AS is_now
      UNION ALL SELECT 'sha256' AS name, OLD.sha256 AS was, NEW.sha256 AS is_now
      UNION ALL SELECT 'size' AS name, OLD.size AS was, NEW.size AS is_now
      UNION ALL SELECT 'is_whole' AS name, OLD.is_whole AS was, NEW.is_whole AS is_now
      UNION ALL SELECT 'state' AS name, OLD.state AS was, NEW.state AS is_now
      UNION ALL SELECT 'message_key' AS name, OLD.message_key AS was, NEW.message_key AS is_now
      UNION ALL SELECT 'issues' AS name, OLD.issues AS was, NEW.issues AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_received_message_delete AFTER DELETE ON received_message
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'received_message', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'origin' AS name, OLD.origin AS was, NULL AS is_now
      UNION ALL SELECT 'received_at' AS name, OLD.received_at AS was, NULL AS is_now
      UNION ALL SELECT 'sha256' AS name, OLD.sha256 AS was, NULL AS is_now
      UNION ALL SELECT 'size' AS name, OLD.size AS was, NULL AS is_now
      UNION ALL SELECT 'is_whole' AS name, OLD.is_whole AS was, NULL AS is_now
      UNION ALL SELECT 'state' AS name, OLD.state AS was, NULL AS is_now
      UNION ALL SELECT 'message_key' AS name, OLD.message_key AS was, NULL AS is_now
      UNION ALL SELECT 'issues' AS name, OLD.issues AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_referral_insert AFTER INSERT ON referral
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'referral', 'I', NEW.id, NEW.hub_id, NEW.id, NEW.patient_id,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'number' AS name, NULL AS was, NEW.number AS is_now
      UNION ALL SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'patient_id' AS name, NULL AS was, NEW.patient_id AS is_now
      UNION ALL SELECT 'source' AS name, NULL AS was, NEW.source AS is_now
      UNION ALL SELECT 'status' AS name, NULL AS was, NEW.status AS is_now
      UNION ALL SELECT 'problem' AS name, NULL AS was, NEW.problem AS is_now
      UNION ALL SELECT 'narrative' AS name, NULL AS was, NEW.narrative AS is_now
      UNION ALL SELECT 'priority' AS name, NULL AS was, NEW.priority AS is_now
      UNION ALL SELECT 'stream' AS name, NULL AS was, NEW.stream AS is_now
      UNION ALL SELECT 'gp_needed' AS name, NULL AS was, NEW.gp_needed AS is_now
      UNION ALL SELECT 'is_routine_request' AS name, NULL AS was, NEW.is_routine_request AS is_now
      UNION ALL SELECT 'received_at' AS name, NULL AS was, NEW.received_at AS is_now
      UNION ALL SELECT 'entered_at' AS name, NULL AS was, NEW.entered_at AS is_now
      UNION ALL SELECT 'entered_by_id' AS name, NULL AS was, NEW.entered_by_id AS is_now
      UNION ALL SELECT 'triage_due_at' AS name, NULL AS was, NEW.triage_due_at AS is_now
      UNION ALL SELECT 'first_triaged_at' AS name, NULL AS was, NEW.first_triaged_at AS is_now
      UNION ALL SELECT 'triaged_at' AS name, NULL AS was, NEW.triaged_at AS is_now
      UNION ALL SELECT 'triaged_by_id' AS name, NULL AS was, NEW.triaged_by_id AS is_now
      UNION ALL SELECT 'downgraded_at' AS name, NULL AS was, NEW.downgraded_at AS is_now
      UNION ALL SELECT 'disposition' AS name, NULL AS was, NEW.disposition AS is_now
      UNION ALL SELECT 'disposition_at' AS name, NULL AS was, NEW.disposition_at AS is_now
      UNION ALL SELECT 'disposition_due_at' AS name, NULL AS was, NEW.disposition_due_at AS is_now
      UNION ALL SELECT 'response_due_at' AS name, NULL AS was, NEW.response_due_at AS is_now
      UNION ALL SELECT 'due_at' AS name, NULL AS was, NEW.due_at AS is_now
      UNION ALL SELECT 'due_clock' AS name, NULL AS was, NEW.due_clock AS is_now
      UNION ALL SELECT 'seen_at' AS name, NULL AS was, NEW.seen_at AS is_now
      UNION ALL SELECT 'visit_address' AS name, NULL AS was, NEW.visit_address AS is_now
      UNION ALL SELECT 'visit_postcode' AS name, NULL AS was, NEW.visit_postcode AS is_now
      UNION ALL SELECT 'area' AS name, NULL AS was, NEW.area AS is_now
      UNION ALL SELECT 'visit_lat' AS name, NULL AS was, NEW.visit_lat AS is_now
      UNION ALL SELECT 'visit_lon' AS name, NULL AS was, NEW.visit_lon AS is_now
      UNION ALL SELECT 'caller' AS name, NULL AS was, NEW.caller AS is_now
      UNION ALL SELECT 'caller_phone' AS name, NULL AS was, NEW.caller_phone AS is_now
      UNION ALL SELECT 'contact_phone' AS name, NULL AS was, NEW.contact_phone AS is_now
      UNION ALL SELECT 'practice_id' AS name, NULL AS was, NEW.practice_id AS is_now
      UNION ALL SELECT 'practice_link' AS name, NULL AS was, NEW.practice_link AS is_now
      UNION ALL SELECT 'record_access' AS name, NULL AS was, NEW.record_access AS is_now
      UNION ALL SELECT 'record_access_at' AS name, NULL AS was, NEW.record_access_at AS is_now
      UNION ALL SELECT 'record_access_by_id' AS name, NULL AS was, NEW.record_access_by_id AS is_now
      UNION ALL SELECT 'identity_read_back_by_id' AS name, NULL AS was, NEW.identity_read_back_by_id AS is_now
      UNION ALL SELECT 'asks_ambulance' AS name, NULL AS was, NEW.asks_ambulance AS is_now
      UNION ALL SELECT 'ambulance_reference' AS name, NULL AS was, NEW.ambulance_reference AS is_now
      UNION ALL SELECT 'ambulance_accepted_by' AS name, NULL AS was, NEW.ambulance_accepted_by AS is_now
      UNION ALL SELECT 'ambulance_accepted_at' AS name, NULL AS was, NEW.ambulance_accepted_at AS is_now
      UNION ALL SELECT 'ambulance_taken_over_at' AS name, NULL AS was, NEW.ambulance_taken_over_at AS is_now
      UNION ALL SELECT 'stood_down_by_id' AS name, NULL AS was, NEW.stood_down_by_id AS is_now
      UNION ALL SELECT 'worse_at' AS name, NULL AS was, NEW.worse_at AS is_now
      UNION ALL SELECT 'acknowledgement_owed' AS name, NULL AS was, NEW.acknowledgement_owed AS is_now
      UNION ALL SELECT 'failed_contact_at' AS name, NULL AS was, NEW.failed_contact_at AS is_now
      UNION ALL SELECT 'flags' AS name, NULL AS was, NEW.flags AS is_now
      UNION ALL SELECT 'issues' AS name, NULL AS was, NEW.issues AS is_now
      UNION ALL SELECT 'sender_reference' AS name, NULL AS was, NEW.sender_reference AS is_now
      UNION ALL SELECT 'received_message_id' AS name, NULL AS was, NEW.received_message_id AS is_now
      UNION ALL SELECT 'duplicate_of_id' AS name, NULL AS was, NEW.duplicate_of_id AS is_now
      UNION ALL SELECT 'closed_at' AS name, NULL AS was, NEW.closed_at AS is_now
      UNION ALL SELECT 'closed_because' AS name, NULL AS was, NEW.closed_because AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_referral_update AFTER UPDATE ON referral
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'referral', 'U', NEW.id, NEW.hub_id, NEW.id, NEW.patient_id,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'number' AS name, OLD.number AS was, NEW.number AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'patient_id' AS name, OLD.patient_id AS was, NEW.patient_id AS is_now
      UNION ALL SELECT 'source' AS name, OLD.source AS was, NEW.source AS is_now
      UNION ALL SELECT 'status' AS name, OLD.status AS was, NEW.status AS is_now
      UNION ALL SELECT 'problem' AS name, OLD.problem AS was, NEW.problem AS is_now
      UNION ALL SELECT 'narrative' AS name, OLD.narrative AS was, NEW.narrative AS is_now
      UNION ALL SELECT 'priority' AS name, OLD.priority AS was, NEW.priority AS is_now
      UNION ALL SELECT 'stream' AS name, OLD.stream AS was, NEW.stream AS is_now
      UNION ALL SELECT 'gp_needed' AS name, OLD.gp_needed AS was, NEW.gp_needed AS is_now
      UNION ALL SELECT 'is_routine_request' AS name, OLD.is_routine_request AS was, NEW.is_routine_request AS is_now
      UNION ALL SELECT 'received_at' AS name, OLD.received_at AS was, NEW.received_at AS is_now
      UNION ALL SELECT 'entered_at' AS name, OLD.entered_at AS was, NEW.entered_at AS is_now
      UNION ALL SELECT 'entered_by_id' AS name, OLD.entered_by_id AS was, NEW.entered_by_id AS is_now
      UNION ALL SELECT 'triage_due_at' AS name, OLD.triage_due_at AS was, NEW.triage_due_at AS is_now
      UNION ALL SELECT 'first_triaged_at' AS name, OLD.first_triaged_at AS was, NEW.first_triaged_at AS is_now
      UNION ALL SELECT 'triaged_at' AS name, OLD.triaged_at AS was, NEW.triaged_at AS is_now
      UNION ALL SELECT 'triaged_by_id' AS name, OLD.triaged_by_id AS was, NEW.triaged_by_id AS is_now
      UNION ALL SELECT 'downgraded_at' AS name, OLD.downgraded_at AS was, NEW.downgraded_at AS is_now
      UNION ALL SELECT 'disposition' AS name, OLD.disposition AS was, NEW.disposition AS is_now
      UNION ALL SELECT 'disposition_at' AS name, OLD.disposition_at AS was, NEW.disposition_at AS is_now
      UNION ALL SELECT 'disposition_due_at' AS name, OLD.disposition_due_at AS was, NEW.disposition_due_at AS is_now
      UNION ALL SELECT 'response_due_at' AS name, OLD.response_due_at AS was, NEW.response_due_at AS is_now
      UNION ALL SELECT 'due_at' AS name, OLD.due_at AS was, NEW.due_at AS is_now
      UNION ALL SELECT 'due_clock' AS name, OLD.due_clock AS was, NEW.due_clock AS is_now
      UNION ALL SELECT 'seen_at' AS name, OLD.seen_at AS was, NEW.seen_at AS is_now
      UNION ALL SELECT 'visit_address' AS name, OLD.visit_address AS was, NEW.visit_address AS is_now
      UNION ALL SELECT 'visit_postcode' AS name, OLD.visit_postcode AS was, NEW.visit_postcode AS is_now
      UNION ALL SELECT 'area' AS name, OLD.area AS was, NEW.area AS is_now
      UNION ALL SELECT 'visit_lat' AS name, OLD.visit_lat AS was, NEW.visit_lat AS is_now
      UNION ALL SELECT 'visit_lon' AS name, OLD.visit_lon AS was, NEW.visit_lon AS is_now
      UNION ALL SELECT 'caller' AS name, OLD.caller AS was, NEW.caller AS is_now
      UNION ALL SELECT 'caller_phone' AS name, OLD.caller_phone AS was, NEW.caller_phone AS is_now
      UNION ALL SELECT 'contact_phone' AS name, OLD.contact_phone AS was, NEW.contact_phone AS is_now
      UNION ALL SELECT 'practice_id' AS name, OLD.practice_id AS was, NEW.practice_id AS is_now
      UNION ALL SELECT 'practice_link' AS name, OLD.practice_link AS was, NEW.practice_link AS is_now
      UNION ALL SELECT 'record_access' AS name, OLD.record_access AS was, NEW.record_access AS is_now
      UNION ALL SELECT 'record_access_at' AS name, OLD.record_access_at AS was, NEW.record_access_at AS is_now
      UNION ALL SELECT 'record_access_by_id' AS name, OLD.record_access_by_id AS was, NEW.record_access_by_id AS is_now
      UNION ALL SELECT 'identity_read_back_by_id' AS name, OLD.identity_read_back_by_id AS was, NEW.identity_read_back_by_id AS is_now
      UNION ALL SELECT 'asks_ambulance' AS name, OLD.asks_ambulance AS was, NEW.asks_ambulance AS is_now
      UNION ALL SELECT 'ambulance_reference' AS name, OLD.ambulance_reference AS was, NEW.ambulance_reference AS is_now
      UNION ALL SELECT 'ambulance_accepted_by' AS name, OLD.ambulance_accepted_by AS was, NEW.ambulance_accepted_by AS is_now
      UNION ALL SELECT 'ambulance_accepted_at' AS name, OLD.ambulance_accepted_at AS was, NEW.ambulance_accepted_at AS is_now
      UNION ALL SELECT 'ambulance_taken_over_at' AS name, OLD.ambulance_taken_over_at AS was, NEW.ambulance_taken_over_at AS is_now
      UNION ALL SELECT 'stood_down_by_id' AS name, OLD.stood_down_by_id AS was, NEW.stood_down_by_id AS is_now
      UNION ALL SELECT 'worse_at' AS name, OLD.worse_at AS was, NEW.worse_at AS is_now
      UNION ALL SELECT 'acknowledgement_owed' AS name, OLD.acknowledgement_owed AS was, NEW.acknowledgement_owed AS is_now
      UNION ALL SELECT 'failed_contact_at' AS name, OLD.failed_contact_at AS was, NEW.failed_contact_at AS is_now
      UNION ALL SELECT 'flags' AS name, OLD.flags AS was, NEW.flags AS is_now
      UNION ALL SELECT 'issues' AS name, OLD.issues AS was, NEW.issues AS is_now
      UNION ALL SELECT 'sender_reference' AS name, OLD.sender_reference AS was, NEW.sender_reference AS is_now
      UNION ALL SELECT 'received_message_id' AS name, OLD.received_message_id AS was, NEW.received_message_id AS is_now
      UNION ALL SELECT 'duplicate_of_id' AS name, OLD.duplicate_of_id AS was, NEW.duplicate_of_id AS is_now
      UNION ALL SELECT 'closed_at' AS name, OLD.closed_at AS was, NEW.closed_at AS is_now
      UNION ALL SELECT 'closed_because' AS name, OLD.closed_because AS was, NEW.closed_because AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_referral_delete AFTER DELETE ON referral
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'referral', 'D', OLD.id, OLD.hub_id, OLD.id, OLD.patient_id,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'number' AS name, OLD.number AS was, NULL AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'patient_id' AS name, OLD.patient_id AS was, NULL AS is_now
      UNION ALL SELECT 'source' AS name, OLD.source AS was, NULL AS is_now
      UNION ALL SELECT 'status' AS name, OLD.status AS was, NULL AS is_now
      UNION ALL SELECT 'problem' AS name, OLD.problem AS was, NULL AS is_now
      UNION ALL SELECT 'narrative' AS name, OLD.narrative AS was, NULL AS is_now
      UNION ALL SELECT 'priority' AS name, OLD.priority AS was, NULL AS is_now
      UNION ALL SELECT 'stream' AS name, OLD.stream AS was, NULL AS is_now
      UNION ALL SELECT 'gp_needed' AS name, OLD.gp_needed AS was, NULL AS is_now
      UNION ALL SELECT 'is_routine_request' AS name, OLD.is_routine_request AS was, NULL AS is_now
      UNION ALL SELECT 'received_at' AS name, OLD.received_at AS was, NULL AS is_now
      UNION ALL SELECT 'entered_at' AS name, OLD.entered_at AS was, NULL AS is_now
      UNION ALL SELECT 'entered_by_id' AS name, OLD.entered_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'triage_due_at' AS name, OLD.triage_due_at AS was, NULL AS is_now
      UNION ALL SELECT 'first_triaged_at' AS name, OLD.first_triaged_at AS was, NULL AS is_now
      UNION ALL SELECT 'triaged_at' AS name, OLD.triaged_at AS was, NULL AS is_now
      UNION ALL SELECT 'triaged_by_id' AS name, OLD.triaged_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'downgraded_at' AS name, OLD.downgraded_at AS was, NULL AS is_now
      UNION ALL SELECT 'disposition' AS name, OLD.disposition AS was, NULL AS is_now
      UNION ALL SELECT 'disposition_at' AS name, OLD.disposition_at AS was, NULL AS is_now
      UNION ALL SELECT 'disposition_due_at' AS name, OLD.disposition_due_at AS was, NULL AS is_now
      UNION ALL SELECT 'response_due_at' AS name, OLD.response_due_at AS was, NULL AS is_now
      UNION ALL SELECT 'due_at' AS name, OLD.due_at AS was, NULL AS is_now
      UNION ALL SELECT 'due_clock' AS name, OLD.due_clock AS was, NULL AS is_now
      UNION ALL SELECT 'seen_at' AS name, OLD.seen_at AS was, NULL AS is_now
      UNION ALL SELECT 'visit_address' AS name, OLD.visit_address AS was, NULL AS is_now
      UNION ALL SELECT 'visit_postcode' AS name, OLD.visit_postcode AS was, NULL AS is_now
      UNION ALL SELECT 'area' AS name, OLD.area AS was, NULL AS is_now
      UNION ALL SELECT 'visit_lat' AS name, OLD.visit_lat AS was, NULL AS is_now
      UNION ALL SELECT 'visit_lon' AS name, OLD.visit_lon AS was, NULL AS is_now
      UNION ALL SELECT 'caller' AS name, OLD.caller AS was, NULL AS is_now
      UNION ALL SELECT 'caller_phone' AS name, OLD.caller_phone AS was, NULL AS is_now
      UNION ALL SELECT 'contact_phone' AS name, OLD.contact_phone AS was, NULL AS is_now
      UNION ALL SELECT 'practice_id' AS name, OLD.practice_id AS was, NULL AS is_now
      UNION ALL SELECT 'practice_link' AS name, OLD.practice_link AS was, NULL AS is_now
      UNION ALL SELECT 'record_access' AS name, OLD.record_access AS was, NULL AS is_now
      UNION ALL SELECT 'record_access_at' AS name, OLD.record_access_at AS was, NULL AS is_now
      UNION ALL SELECT 'record_access_by_id' AS name, OLD.record_access_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'identity_read_back_by_id' AS name, OLD.identity_read_back_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'asks_ambulance' AS name, OLD.asks_ambulance AS was, NULL AS is_now
      UNION ALL SELECT 'ambulance_reference' AS name, OLD.ambulance_reference AS was, NULL AS is_now
      UNION ALL SELECT 'ambulance_accepted_by' AS name, OLD.ambulance_accepted_by AS was, NULL AS is_now
      UNION ALL SELECT 'ambulance_accepted_at' AS name, OLD.ambulance_accepted_at AS was, NULL AS is_now
      UNION ALL SELECT 'ambulance_taken_over_at' AS name, OLD.ambulance_taken_over_at AS was, NULL AS is_now
      UNION ALL SELECT 'stood_down_by_id' AS name, OLD.stood_down_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'worse_at' AS name, OLD.worse_at AS was, NULL AS is_now
      UNION ALL SELECT 'acknowledgement_owed' AS name, OLD.acknowledgement_owed AS was, NULL AS is_now
      UNION ALL SELECT 'failed_contact_at' AS name, OLD.failed_contact_at AS was, NULL AS is_now
      UNION ALL SELECT 'flags' AS name, OLD.flags AS was, NULL AS is_now
      UNION ALL SELECT 'issues' AS name, OLD.issues AS was, NULL AS is_now
      UNION ALL SELECT 'sender_reference' AS name, OLD.sender_reference AS was, NULL AS is_now
      UNION ALL SELECT 'received_message_id' AS name, OLD.received_message_id AS was, NULL AS is_now
      UNION ALL SELECT 'duplicate_of_id' AS name, OLD.duplicate_of_id AS was, NULL AS is_now
      UNION ALL SELECT 'closed_at' AS name, OLD.closed_at AS was, NULL AS is_now
      UNION ALL SELECT 'closed_because' AS name, OLD.closed_because AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_report_insert AFTER INSERT ON report
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'report', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, NULL AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'outcome_id' AS name, NULL AS was, NEW.outcome_id AS is_now
      UNION ALL SELECT 'practice_id' AS name, NULL AS was, NEW.practice_id AS is_now
      UNION ALL SELECT 'status' AS name, NULL AS was, NEW.status AS is_now
      UNION ALL SELECT 'owed_at' AS name, NULL AS was, NEW.owed_at AS is_now
      UNION ALL SELECT 'due_at' AS name, NULL AS was, NEW.due_at AS is_now
      UNION ALL SELECT 'latest_at' AS name, NULL AS was, NEW.latest_at AS is_now
      UNION ALL SELECT 'content_version' AS name, NULL AS was, NEW.content_version AS is_now
      UNION ALL SELECT 'author_id' AS name, NULL AS was, NEW.author_id AS is_now
      UNION ALL SELECT 'signed_by_id' AS name, NULL AS was, NEW.signed_by_id AS is_now
      UNION ALL SELECT 'signed_at' AS name, NULL AS was, NEW.signed_at AS is_now
      UNION ALL SELECT 'sent_by_id' AS name, NULL AS was, NEW.sent_by_id AS is_now
      UNION ALL SELECT 'sent_at' AS name, NULL AS was, NEW.sent_at AS is_now
      UNION ALL SELECT 'sent_by_channel' AS name, NULL AS was, NEW.sent_by_channel AS is_now
      UNION ALL SELECT 'delivered_at' AS name, NULL AS was, NEW.delivered_at AS is_now
      UNION ALL SELECT 'accepted_at' AS name, NULL AS was, NEW.accepted_at AS is_now
      UNION ALL SELECT 'accepted_by' AS name, NULL AS was, NEW.accepted_by AS is_now
      UNION ALL SELECT 'last_result' AS name, NULL AS was, NEW.last_result AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_report_update AFTER UPDATE ON report
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'report', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'outcome_id' AS name, OLD.outcome_id AS was, NEW.outcome_id AS is_now
      UNION ALL SELECT 'practice_id' AS name, OLD.practice_id AS was, NEW.practice_id AS is_now
      UNION ALL SELECT 'status' AS name, OLD.status AS was, NEW.status AS is_now
      UNION ALL SELECT 'owed_at' AS name, OLD.owed_at AS was, NEW.owed_at AS is_now
      UNION ALL SELECT 'due_at' AS name, OLD.due_at AS was, NEW.due_at AS is_now
      UNION ALL SELECT 'latest_at' AS name, OLD.latest_at AS was, NEW.latest_at AS is_now
      UNION ALL SELECT 'content_version' AS name, OLD.content_version AS was, NEW.content_version AS is_now
      UNION ALL SELECT 'author_id' AS name, OLD.author_id AS was, NEW.author_id AS is_now
      UNION ALL SELECT 'signed_by_id' AS name, OLD.signed_by_id AS was, NEW.signed_by_id AS is_now
      UNION ALL SELECT 'signed_at' AS name, OLD.signed_at AS was, NEW.signed_at AS is_now
      UNION ALL SELECT 'sent_by_id' AS name, OLD.sent_by_id AS was, NEW.sent_by_id AS is_now
      UNION ALL SELECT 'sent_at' AS name, OLD.sent_at AS was, NEW.sent_at AS is_now
      UNION ALL SELECT 'sent_by_channel' AS name, OLD.sent_by_channel AS was, NEW.sent_by_channel AS is_now
      UNION ALL SELECT 'delivered_at' AS name, OLD.delivered_at AS was, NEW.delivered_at AS is_now
      UNION ALL SELECT 'accepted_at' AS name, OLD.accepted_at AS was, NEW.accepted_at AS is_now
      UNION ALL SELECT 'accepted_by' AS name, OLD.accepted_by AS was, NEW.accepted_by AS is_now
      UNION ALL SELECT 'last_result' AS name, OLD.last_result AS was, NEW.last_result AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_report_delete AFTER DELETE ON report
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'report', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NULL AS is_now
      UNION ALL SELECT 'outcome_id' AS name, OLD.outcome_id AS was, NULL AS is_now
      UNION ALL SELECT 'practice_id' AS name, OLD.practice_id AS was, NULL AS is_now
      UNION ALL SELECT 'status' AS name, OLD.status AS was, NULL AS is_now
      UNION ALL SELECT 'owed_at' AS name, OLD.owed_at AS was, NULL AS is_now
      UNION ALL SELECT 'due_at' AS name, OLD.due_at AS was, NULL AS is_now
      UNION ALL SELECT 'latest_at' AS name, OLD.latest_at AS was, NULL AS is_now
      UNION ALL SELECT 'content_version' AS name, OLD.content_version AS was, NULL AS is_now
      UNION ALL SELECT 'author_id' AS name, OLD.author_id AS was, NULL AS is_now
      UNION ALL SELECT 'signed_by_id' AS name, OLD.signed_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'signed_at' AS name, OLD.signed_at AS was, NULL AS is_now
      UNION ALL SELECT 'sent_by_id' AS name, OLD.sent_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'sent_at' AS name, OLD.sent_at AS was, NULL AS is_now
      UNION ALL SELECT 'sent_by_channel' AS name, OLD.sent_by_channel AS was, NULL AS is_now
      UNION ALL SELECT 'delivered_at' AS name, OLD.delivered_at AS was, NULL AS is_now
      UNION ALL SELECT 'accepted_at' AS name, OLD.accepted_at AS was, NULL AS is_now
      UNION ALL SELECT 'accepted_by' AS name, OLD.accepted_by AS was, NULL AS is_now
      UNION ALL SELECT 'last_result' AS name, OLD.last_result AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_report_version_insert AFTER INSERT ON report_version
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'report_version', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'report_id' AS name, NULL AS was, NEW.report_id AS is_now
      UNION ALL SELECT 'number' AS name, NULL AS was, NEW.number AS is_now
      UNION ALL SELECT 'content' AS name, NULL AS was, NEW.content AS is_now
      UNION ALL SELECT 'written_by_id' AS name, NULL AS was, NEW.written_by_id AS is_now
      UNION ALL SELECT 'written_at' AS name, NULL AS was, NEW.written_at AS is_now
      UNION ALL SELECT 'signed_by_id' AS name, NULL AS was, NEW.signed_by_id AS is_now
      UNION ALL SELECT 'signed_at' AS name, NULL AS was, NEW.signed_at AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_report_version_update AFTER UPDATE ON report_version
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'report_version', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'report_id' AS name, OLD.report_id AS was, NEW.report_id AS is_now
      UNION ALL SELECT 'number' AS name, OLD.number AS was, NEW.number AS is_now
      UNION ALL SELECT 'content' AS name, OLD.content AS was, NEW.content AS is_now
      UNION ALL SELECT 'written_by_id' AS name, OLD.written_by_id AS was, NEW.written_by_id AS is_now
      UNION ALL SELECT 'written_at' AS name, OLD.written_at AS was, NEW.written_at AS is_now
      UNION ALL SELECT 'signed_by_id' AS name, OLD.signed_by_id AS was, NEW.signed_by_id AS is_now
      UNION ALL SELECT 'signed_at' AS name, OLD.signed_at AS was, NEW.signed_at AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_report_version_delete AFTER DELETE ON report_version
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'report_version', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'report_id' AS name, OLD.report_id AS was, NULL AS is_now
      UNION ALL SELECT 'number' AS name, OLD.number AS was, NULL AS is_now
      UNION ALL SELECT 'content' AS name, OLD.content AS was, NULL AS is_now
      UNION ALL SELECT 'written_by_id' AS name, OLD.written_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'written_at' AS name, OLD.written_at AS was, NULL AS is_now
      UNION ALL SELECT 'signed_by_id' AS name, OLD.signed_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'signed_at' AS name, OLD.signed_at AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_setting_insert AFTER INSERT ON setting
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'setting', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'name' AS name, NULL AS was, NEW.name AS is_now
      UNION ALL SELECT 'staff_id' AS name, NULL AS was, NEW.staff_id AS is_now
      UNION ALL SELECT 'value' AS name, NULL AS was, NEW.value AS is_now
      UNION ALL SELECT 'effective_from' AS name, NULL AS was, NEW.effective_from AS is_now
      UNION ALL SELECT 'author_id' AS name, NULL AS was, NEW.author_id AS is_now
      UNION ALL SELECT 'reason' AS name, NULL AS was, NEW.reason AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_setting_update AFTER UPDATE ON setting
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'setting', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'name' AS name, OLD.name AS was, NEW.name AS is_now
      UNION ALL SELECT 'staff_id' AS name, OLD.staff_id AS was, NEW.staff_id AS is_now
      UNION ALL SELECT 'value' AS name, OLD.value AS was, NEW.value AS is_now
      UNION ALL SELECT 'effective_from' AS name, OLD.effective_from AS was, NEW.effective_from AS is_now
      UNION ALL SELECT 'author_id' AS name, OLD.author_id AS was, NEW.author_id AS is_now
      UNION ALL SELECT 'reason' AS name, OLD.reason AS was, NEW.reason AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_setting_delete AFTER DELETE ON setting
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'setting', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'name' AS name, OLD.name AS was, NULL AS is_now
      UNION ALL SELECT 'staff_id' AS name, OLD.staff_id AS was, NULL AS is_now
      UNION ALL SELECT 'value' AS name, OLD.value AS was, NULL AS is_now
      UNION ALL SELECT 'effective_from' AS name, OLD.effective_from AS was, NULL AS is_now
      UNION ALL SELECT 'author_id' AS name, OLD.author_id AS was, NULL AS is_now
      UNION ALL SELECT 'reason' AS name, OLD.reason AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_shift_insert AFTER INSERT ON shift
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'shift', 'I', NEW.id, NEW.hub_id, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'practitioner_id' AS name, NULL AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'placement' AS name, NULL AS was, NEW.placement AS is_now
      UNION ALL SELECT 'is_remote' AS name, NULL AS was, NEW.is_remote AS is_now
      UNION ALL SELECT 'starts_at' AS name, NULL AS was, NEW.starts_at AS is_now
      UNION ALL SELECT 'ends_at' AS name, NULL AS was, NEW.ends_at AS is_now
      UNION ALL SELECT 'on_at' AS name, NULL AS was, NEW.on_at AS is_now
      UNION ALL SELECT 'off_at' AS name, NULL AS was, NEW.off_at AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_shift_update AFTER UPDATE ON shift
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'shift', 'U', NEW.id, NEW.hub_id, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'placement' AS name, OLD.placement AS was, NEW.placement AS is_now
      UNION ALL SELECT 'is_remote' AS name, OLD.is_remote AS was, NEW.is_remote AS is_now
      UNION ALL SELECT 'starts_at' AS name, OLD.starts_at AS was, NEW.starts_at AS is_now
      UNION ALL SELECT 'ends_at' AS name, OLD.ends_at AS was, NEW.ends_at AS is_now
      UNION ALL SELECT 'on_at' AS name, OLD.on_at AS was, NEW.on_at AS is_now
      UNION ALL SELECT 'off_at' AS name, OLD.off_at AS was, NEW.off_at AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_shift_delete AFTER DELETE ON shift
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'shift', 'D', OLD.id, OLD.hub_id, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NULL AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'placement' AS name, OLD.placement AS was, NULL AS is_now
      UNION ALL SELECT 'is_remote' AS name, OLD.is_remote AS was, NULL AS is_now
      UNION ALL SELECT 'starts_at' AS name, OLD.starts_at AS was, NULL AS is_now
      UNION ALL SELECT 'ends_at' AS name, OLD.ends_at AS was, NULL AS is_now
      UNION ALL SELECT 'on_at' AS name, OLD.on_at AS was, NULL AS is_now
      UNION ALL SELECT 'off_at' AS name, OLD.off_at AS was, NULL AS is_now
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
      UNION ALL SELECT 'is_active' AS name, OLD.is_active AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_staff_hub_insert AFTER INSERT ON staff_hub
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'staff_hub', 'I', NEW.staff_id, NEW.hub_id, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'staff_id' AS name, NULL AS was, NEW.staff_id AS is_now
      UNION ALL SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_staff_hub_update AFTER UPDATE ON staff_hub
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'staff_hub', 'U', NEW.staff_id, NEW.hub_id, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'staff_id' AS name, OLD.staff_id AS was, NEW.staff_id AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_staff_hub_delete AFTER DELETE ON staff_hub
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'staff_hub', 'D', OLD.staff_id, OLD.hub_id, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'staff_id' AS name, OLD.staff_id AS was, NULL AS is_now
      UNION ALL SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_staff_role_insert AFTER INSERT ON staff_role
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'staff_role', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'staff_id' AS name, NULL AS was, NEW.staff_id AS is_now
      UNION ALL SELECT 'role' AS name, NULL AS was, NEW.role AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_staff_role_update AFTER UPDATE ON staff_role
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'staff_role', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'staff_id' AS name, OLD.staff_id AS was, NEW.staff_id AS is_now
      UNION ALL SELECT 'role' AS name, OLD.role AS was, NEW.role AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_staff_role_delete AFTER DELETE ON staff_role
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'staff_role', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'staff_id' AS name, OLD.staff_id AS was, NULL AS is_now
      UNION ALL SELECT 'role' AS name, OLD.role AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_step_insert AFTER INSERT ON step
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'step', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, NULL AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, NULL AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'kind' AS name, NULL AS was, NEW.kind AS is_now
      UNION ALL SELECT 'words' AS name, NULL AS was, NEW.words AS is_now
      UNION ALL SELECT 'happened_at' AS name, NULL AS was, NEW.happened_at AS is_now
      UNION ALL SELECT 'entered_at' AS name, NULL AS was, NEW.entered_at AS is_now
      UNION ALL SELECT 'by_id' AS name, NULL AS was, NEW.by_id AS is_now
      UNION ALL SELECT 'role' AS name, NULL AS was, NEW.role AS is_now
      UNION ALL SELECT 'on_behalf_of_id' AS name, NULL AS was, NEW.on_behalf_of_id AS is_now
      UNION ALL SELECT 'channel' AS name, NULL AS was, NEW.channel AS is_now
      UNION ALL SELECT 'said' AS name, NULL AS was, NEW.said AS is_now
      UNION ALL SELECT 'changes' AS name, NULL AS was, NEW.changes AS is_now
      UNION ALL SELECT 'undoes_id' AS name, NULL AS was, NEW.undoes_id AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_step_update AFTER UPDATE ON step
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'step', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'kind' AS name, OLD.kind AS was, NEW.kind AS is_now
      UNION ALL SELECT 'words' AS name, OLD.words AS was, NEW.words AS is_now
      UNION ALL SELECT 'happened_at' AS name, OLD.happened_at AS was, NEW.happened_at AS is_now
      UNION ALL SELECT 'entered_at' AS name, OLD.entered_at AS was, NEW.entered_at AS is_now
      UNION ALL SELECT 'by_id' AS name, OLD.by_id AS was, NEW.by_id AS is_now
      UNION ALL SELECT 'role' AS name, OLD.role AS was, NEW.role AS is_now
      UNION ALL SELECT 'on_behalf_of_id' AS name, OLD.on_behalf_of_id AS was, NEW.on_behalf_of_id AS is_now
      UNION ALL SELECT 'channel' AS name, OLD.channel AS was, NEW.channel AS is_now
      UNION ALL SELECT 'said' AS name, OLD.said AS was, NEW.said AS is_now
      UNION ALL SELECT 'changes' AS name, OLD.changes AS was, NEW.changes AS is_now
      UNION ALL SELECT 'undoes_id' AS name, OLD.undoes_id AS was, NEW.undoes_id AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_step_delete AFTER DELETE ON step
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'step', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NULL AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NULL AS is_now
      UNION ALL SELECT 'kind' AS name, OLD.kind AS was, NULL AS is_now
      UNION ALL SELECT 'words' AS name, OLD.words AS was, NULL AS is_now
      UNION ALL SELECT 'happened_at' AS name, OLD.happened_at AS was, NULL AS is_now
      UNION ALL SELECT 'entered_at' AS name, OLD.entered_at AS was, NULL AS is_now
      UNION ALL SELECT 'by_id' AS name, OLD.by_id AS was, NULL AS is_now
      UNION ALL SELECT 'role' AS name, OLD.role AS was, NULL AS is_now
      UNION ALL SELECT 'on_behalf_of_id' AS name, OLD.on_behalf_of_id AS was, NULL AS is_now
      UNION ALL SELECT 'channel' AS name, OLD.channel AS was, NULL AS is_now
      UNION ALL SELECT 'said' AS name, OLD.said AS was, NULL AS is_now
      UNION ALL SELECT 'changes' AS name, OLD.changes AS was, NULL AS is_now
      UNION ALL SELECT 'undoes_id' AS name, OLD.undoes_id AS was, NULL AS is_now
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
END ;;
CREATE TRIGGER zz_audit_visit_insert AFTER INSERT ON visit
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'visit', 'I', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, NULL AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, NULL AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, NULL AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'shift_id' AS name, NULL AS was, NEW.shift_id AS is_now
      UNION ALL SELECT 'status' AS name, NULL AS was, NEW.status AS is_now
      UNION ALL SELECT 'allocated_at' AS name, NULL AS was, NEW.allocated_at AS is_now
      UNION ALL SELECT 'acknowledged_at' AS name, NULL AS was, NEW.acknowledged_at AS is_now
      UNION ALL SELECT 'en_route_at' AS name, NULL AS was, NEW.en_route_at AS is_now
      UNION ALL SELECT 'on_scene_at' AS name, NULL AS was, NEW.on_scene_at AS is_now
      UNION ALL SELECT 'clear_at' AS name, NULL AS was, NEW.clear_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, NULL AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'ended_because' AS name, NULL AS was, NEW.ended_because AS is_now
      UNION ALL SELECT 'expected_clear_at' AS name, NULL AS was, NEW.expected_clear_at AS is_now
      UNION ALL SELECT 'chosen_because' AS name, NULL AS was, NEW.chosen_because AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_visit_update AFTER UPDATE ON visit
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'visit', 'U', NEW.id, NEW.hub_id, NEW.referral_id, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NEW.hub_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NEW.practitioner_id AS is_now
      UNION ALL SELECT 'shift_id' AS name, OLD.shift_id AS was, NEW.shift_id AS is_now
      UNION ALL SELECT 'status' AS name, OLD.status AS was, NEW.status AS is_now
      UNION ALL SELECT 'allocated_at' AS name, OLD.allocated_at AS was, NEW.allocated_at AS is_now
      UNION ALL SELECT 'acknowledged_at' AS name, OLD.acknowledged_at AS was, NEW.acknowledged_at AS is_now
      UNION ALL SELECT 'en_route_at' AS name, OLD.en_route_at AS was, NEW.en_route_at AS is_now
      UNION ALL SELECT 'on_scene_at' AS name, OLD.on_scene_at AS was, NEW.on_scene_at AS is_now
      UNION ALL SELECT 'clear_at' AS name, OLD.clear_at AS was, NEW.clear_at AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NEW.ended_at AS is_now
      UNION ALL SELECT 'ended_because' AS name, OLD.ended_because AS was, NEW.ended_because AS is_now
      UNION ALL SELECT 'expected_clear_at' AS name, OLD.expected_clear_at AS was, NEW.expected_clear_at AS is_now
      UNION ALL SELECT 'chosen_because' AS name, OLD.chosen_because AS was, NEW.chosen_because AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_visit_delete AFTER DELETE ON visit
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'visit', 'D', OLD.id, OLD.hub_id, OLD.referral_id, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'hub_id' AS name, OLD.hub_id AS was, NULL AS is_now
      UNION ALL SELECT 'referral_id' AS name, OLD.referral_id AS was, NULL AS is_now
      UNION ALL SELECT 'practitioner_id' AS name, OLD.practitioner_id AS was, NULL AS is_now
      UNION ALL SELECT 'shift_id' AS name, OLD.shift_id AS was, NULL AS is_now
      UNION ALL SELECT 'status' AS name, OLD.status AS was, NULL AS is_now
      UNION ALL SELECT 'allocated_at' AS name, OLD.allocated_at AS was, NULL AS is_now
      UNION ALL SELECT 'acknowledged_at' AS name, OLD.acknowledged_at AS was, NULL AS is_now
      UNION ALL SELECT 'en_route_at' AS name, OLD.en_route_at AS was, NULL AS is_now
      UNION ALL SELECT 'on_scene_at' AS name, OLD.on_scene_at AS was, NULL AS is_now
      UNION ALL SELECT 'clear_at' AS name, OLD.clear_at AS was, NULL AS is_now
      UNION ALL SELECT 'ended_at' AS name, OLD.ended_at AS was, NULL AS is_now
      UNION ALL SELECT 'ended_because' AS name, OLD.ended_because AS was, NULL AS is_now
      UNION ALL SELECT 'expected_clear_at' AS name, OLD.expected_clear_at AS was, NULL AS is_now
      UNION ALL SELECT 'chosen_because' AS name, OLD.chosen_because AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END
