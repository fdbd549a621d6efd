DROP TRIGGER IF EXISTS zz_audit_audit_export_insert ;;
CREATE TRIGGER zz_audit_audit_export_insert AFTER INSERT ON audit_export
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'audit_export', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'by_id' AS name, NULL AS was, NEW.by_id AS is_now
      UNION ALL SELECT 'role' AS name, NULL AS was, NEW.role AS is_now
      UNION ALL SELECT 'device' AS name, NULL AS was, NEW.device AS is_now
      UNION ALL SELECT 'wanted' AS name, NULL AS was, NEW.wanted AS is_now
      UNION ALL SELECT 'reason' AS name, NULL AS was, NEW.reason AS is_now
      UNION ALL SELECT 'exported_at' AS name, NULL AS was, NEW.exported_at AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END
