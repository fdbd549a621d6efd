-- TG_ARGV: the column that is the row's id, then the columns whose values are never kept here.
CREATE FUNCTION write_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  was jsonb;
  is_now jsonb;
  whole jsonb;
  hidden text[] := TG_ARGV[1:];
BEGIN
  IF TG_TABLE_NAME = 'received_message' THEN  -- up to 20 MB that need not become text first
    IF TG_OP <> 'INSERT' THEN OLD.body := NULL; END IF;
    IF TG_OP <> 'DELETE' THEN NEW.body := NULL; END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - hidden; END IF;
  IF TG_OP <> 'DELETE' THEN is_now := to_jsonb(NEW) - hidden; END IF;
  whole := coalesce(is_now, was);
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(k, was -> k), jsonb_object_agg(k, is_now -> k) INTO was, is_now
      FROM jsonb_object_keys(whole) k WHERE is_now -> k IS DISTINCT FROM was -> k;
    IF is_now IS NULL THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO public.audit_log (tbl, op, row_id, hub_id, referral_id, patient_id, old, new) VALUES (
    TG_TABLE_NAME, left(TG_OP, 1), (whole ->> TG_ARGV[0])::bigint, (whole ->> 'hub_id')::bigint,
    CASE TG_TABLE_NAME WHEN 'referral' THEN whole ->> 'id' ELSE whole ->> 'referral_id' END::bigint,
    CASE TG_TABLE_NAME WHEN 'patient' THEN whole ->> 'id' ELSE whole ->> 'patient_id' END::bigint,
    was, is_now);
  RETURN NULL;
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'chase', 'competence', 'contact', 'hub', 'hub_hours', 'marker', 'marker_acknowledgement', 'outcome', 'patient',
    'practice', 'practitioner', 'queue_entry', 'referral', 'report', 'report_version', 'setting', 'shift', 'staff',
    'staff_role', 'step', 'task', 'visit'
  ] LOOP
    EXECUTE format('CREATE TRIGGER zz_audit AFTER INSERT OR UPDATE OR DELETE ON %I'
                   ' FOR EACH ROW EXECUTE FUNCTION write_audit(''id'')', t);
  END LOOP;
END $$;
CREATE TRIGGER zz_audit AFTER INSERT OR UPDATE OR DELETE ON device
  FOR EACH ROW EXECUTE FUNCTION write_audit('id', 'token_hash');
CREATE TRIGGER zz_audit AFTER INSERT OR UPDATE OR DELETE ON received_message
  FOR EACH ROW EXECUTE FUNCTION write_audit('id', 'body');
CREATE TRIGGER zz_audit AFTER INSERT OR UPDATE OR DELETE ON staff_hub
  FOR EACH ROW EXECUTE FUNCTION write_audit('staff_id');
CREATE TRIGGER zz_audit AFTER INSERT OR UPDATE OR DELETE ON patient_hub
  FOR EACH ROW EXECUTE FUNCTION write_audit('patient_id');
-- Positions are readings by the thousand, and their own record; only meddling with them is news.
CREATE TRIGGER zz_audit AFTER UPDATE OR DELETE ON position
  FOR EACH ROW EXECUTE FUNCTION write_audit('id');
