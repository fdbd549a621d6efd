DROP TRIGGER IF EXISTS zz_audit_record_opening_insert ;;
CREATE TRIGGER zz_audit_record_opening_insert AFTER INSERT ON record_opening
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'record_opening', 'I', NEW.id, NULL, NEW.referral_id, NEW.patient_id,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'patient_id' AS name, NULL AS was, NEW.patient_id AS is_now
      UNION ALL SELECT 'referral_id' AS name, NULL AS was, NEW.referral_id AS is_now
      UNION ALL SELECT 'opened_by_id' AS name, NULL AS was, NEW.opened_by_id AS is_now
      UNION ALL SELECT 'role' AS name, NULL AS was, NEW.role AS is_now
      UNION ALL SELECT 'device' AS name, NULL AS was, NEW.device AS is_now
      UNION ALL SELECT 'reason' AS name, NULL AS was, NEW.reason AS is_now
      UNION ALL SELECT 'opened_at' AS name, NULL AS was, NEW.opened_at AS is_now
      UNION ALL SELECT 'is_granted' AS name, NULL AS was, NEW.is_granted AS is_now
      UNION ALL SELECT 'shows' AS name, NULL AS was, NEW.shows AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END
