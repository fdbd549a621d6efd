DROP TRIGGER IF EXISTS zz_audit_step_insert ;;
DROP TRIGGER IF EXISTS zz_audit_step_update ;;
DROP TRIGGER IF EXISTS zz_audit_step_delete ;;
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
      UNION ALL SELECT 'from_paper' AS name, NULL AS was, NEW.from_paper AS is_now
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
      UNION ALL SELECT 'from_paper' AS name, OLD.from_paper AS was, NEW.from_paper AS is_now
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
      UNION ALL SELECT 'from_paper' AS name, OLD.from_paper AS was, NULL AS is_now
      UNION ALL SELECT 'changes' AS name, OLD.changes AS was, NULL AS is_now
      UNION ALL SELECT 'undoes_id' AS name, OLD.undoes_id AS was, NULL AS is_now
      UNION ALL SELECT 'id' AS name, OLD.id AS was, NULL AS is_now)
   GROUP BY NULL;
END
