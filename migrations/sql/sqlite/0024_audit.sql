DROP TRIGGER IF EXISTS zz_audit_key_safe_insert ;;
DROP TRIGGER IF EXISTS zz_audit_key_safe_update ;;
DROP TRIGGER IF EXISTS zz_audit_key_safe_delete ;;
CREATE TRIGGER zz_audit_key_safe_insert AFTER INSERT ON key_safe
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'key_safe', 'I', NEW.id, NULL, NULL, NEW.patient_id,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'patient_id' AS name, NULL AS was, NEW.patient_id AS is_now
      UNION ALL SELECT 'is_kept' AS name, NULL AS was, NEW.is_kept AS is_now
      UNION ALL SELECT 'changed_by_id' AS name, NULL AS was, NEW.changed_by_id AS is_now
      UNION ALL SELECT 'changed_at' AS name, NULL AS was, NEW.changed_at AS is_now
      UNION ALL SELECT 'version' AS name, NULL AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_key_safe_update AFTER UPDATE ON key_safe
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'key_safe', 'U', NEW.id, NULL, NULL, NEW.patient_id,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'patient_id' AS name, OLD.patient_id AS was, NEW.patient_id AS is_now
      UNION ALL SELECT 'is_kept' AS name, OLD.is_kept AS was, NEW.is_kept AS is_now
      UNION ALL SELECT 'changed_by_id' AS name, OLD.changed_by_id AS was, NEW.changed_by_id AS is_now
      UNION ALL SELECT 'changed_at' AS name, OLD.changed_at AS was, NEW.changed_at AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NEW.version AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_key_safe_delete AFTER DELETE ON key_safe
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'key_safe', 'D', OLD.id, NULL, NULL, OLD.patient_id,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'patient_id' AS name, OLD.patient_id AS was, NULL AS is_now
      UNION ALL SELECT 'is_kept' AS name, OLD.is_kept AS was, NULL AS is_now
      UNION ALL SELECT 'changed_by_id' AS name, OLD.changed_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'changed_at' AS name, OLD.changed_at AS was, NULL AS is_now
      UNION ALL SELECT 'version' AS name, OLD.version AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END
