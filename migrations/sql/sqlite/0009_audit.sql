DROP TRIGGER IF EXISTS zz_audit_map_pack_insert ;;
DROP TRIGGER IF EXISTS zz_audit_map_pack_update ;;
DROP TRIGGER IF EXISTS zz_audit_map_pack_delete ;;
CREATE TRIGGER zz_audit_map_pack_insert AFTER INSERT ON map_pack
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'map_pack', 'I', NEW.id, NULL, NULL, NULL,
         NULL, json_group_object(name, is_now)
    FROM (
      SELECT 'name' AS name, NULL AS was, NEW.name AS is_now
      UNION ALL SELECT 'sha256' AS name, NULL AS was, NEW.sha256 AS is_now
      UNION ALL SELECT 'size' AS name, NULL AS was, NEW.size AS is_now
      UNION ALL SELECT 'imported_at' AS name, NULL AS was, NEW.imported_at AS is_now
      UNION ALL SELECT 'imported_by_id' AS name, NULL AS was, NEW.imported_by_id AS is_now
      UNION ALL SELECT 'id' AS name, NULL AS was, NEW.id AS is_now)
   GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_map_pack_update AFTER UPDATE ON map_pack
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'map_pack', 'U', NEW.id, NULL, NULL, NULL,
         json_group_object(name, was), json_group_object(name, is_now)
    FROM (
      SELECT 'name' AS name, OLD.name AS was, NEW.name AS is_now
      UNION ALL SELECT 'sha256' AS name, OLD.sha256 AS was, NEW.sha256 AS is_now
      UNION ALL SELECT 'size' AS name, OLD.size AS was, NEW.size AS is_now
      UNION ALL SELECT 'imported_at' AS name, OLD.imported_at AS was, NEW.imported_at AS is_now
      UNION ALL SELECT 'imported_by_id' AS name, OLD.imported_by_id AS was, NEW.imported_by_id AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NEW.id AS is_now)
   WHERE was IS NOT is_now GROUP BY NULL;
END ;;
CREATE TRIGGER zz_audit_map_pack_delete AFTER DELETE ON map_pack
BEGIN
  INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)
  SELECT app_account(), app_actor_id(), app_actor_name(), app_actor_role(), app_actor_device(), app_actor_made_by(),
         'map_pack', 'D', OLD.id, NULL, NULL, NULL,
         json_group_object(name, was), NULL
    FROM (
      SELECT 'name' AS name, OLD.name AS was, NULL AS is_now
      UNION ALL SELECT 'sha256' AS name, OLD.sha256 AS was, NULL AS is_now
      UNION ALL SELECT 'size' AS name, OLD.size AS was, NULL AS is_now
      UNION ALL SELECT 'imported_at' AS name, OLD.imported_at AS was, NULL AS is_now
      UNION ALL SELECT 'imported_by_id' AS name, OLD.imported_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END
