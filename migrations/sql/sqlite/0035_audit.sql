DROP TRIGGER IF EXISTS zz_audit_report_insert ;;
DROP TRIGGER IF EXISTS zz_audit_report_update ;;
DROP TRIGGER IF EXISTS zz_audit_report_delete ;;
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
      UNION ALL SELECT 'released_version' AS name, NULL AS was, NEW.released_version AS is_now
      UNION ALL SELECT 'released_by_id' AS name, NULL AS was, NEW.released_by_id AS is_now
      UNION ALL SELECT 'released_at' AS name, NULL AS was, NEW.released_at AS is_now
      UNION ALL SELECT 'released_because' AS name, NULL AS was, NEW.released_because AS is_now
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
      UNION ALL SELECT 'released_version' AS name, OLD.released_version AS was, NEW.released_version AS is_now
      UNION ALL SELECT 'released_by_id' AS name, OLD.released_by_id AS was, NEW.released_by_id AS is_now
      UNION ALL SELECT 'released_at' AS name, OLD.released_at AS was, NEW.released_at AS is_now
      UNION ALL SELECT 'released_because' AS name, OLD.released_because AS was, NEW.released_because AS is_now
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
      UNION ALL SELECT 'released_version' AS name, OLD.released_version AS was, NULL AS is_now
      UNION ALL SELECT 'released_by_id' AS name, OLD.released_by_id AS was, NULL AS is_now
      UNION ALL SELECT 'released_at' AS name, OLD.released_at AS was, NULL AS is_now
      UNION ALL SELECT 'released_because' AS name, OLD.released_because AS was, NULL AS is_now
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
END
