-- What no column grant and no row policy can say. A session of the owner is bound by none of it.

-- What one replaced or made oneself a moment ago may be put back: that is undo. The audit knows.
CREATE FUNCTION i_replaced(p_table text, p_row bigint, p_column text, p_value text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM public.audit_log
    WHERE tbl = p_table AND row_id = p_row AND op = 'U' AND login = session_user
      AND at > clock_timestamp() - interval '15 minutes' AND old ->> p_column IS NOT DISTINCT FROM p_value)
$$;

-- People sign, accept and end in their own name only.
CREATE FUNCTION require_own_name() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text;
  was text;
  is_now text;
BEGIN
  IF public.is_trusted() THEN RETURN NEW; END IF;
  FOREACH name IN ARRAY TG_ARGV LOOP
    is_now := to_jsonb(NEW) ->> name;
    was := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) ->> name END;
    IF is_now IS NOT NULL AND is_now IS DISTINCT FROM was AND is_now::bigint IS DISTINCT FROM public.my_staff()
       AND NOT (TG_OP = 'UPDATE' AND public.i_replaced(TG_TABLE_NAME, NEW.id, name, is_now)) THEN
      RAISE EXCEPTION 'This is entered in the name of whoever is signed in: sign in as the person who does it.'
        USING ERRCODE = 'DS001';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER own_name BEFORE INSERT OR UPDATE ON referral FOR EACH ROW EXECUTE FUNCTION require_own_name(
  'triaged_by_id', 'stood_down_by_id', 'record_access_by_id', 'identity_read_back_by_id');
CREATE TRIGGER own_name BEFORE INSERT OR UPDATE ON report FOR EACH ROW EXECUTE FUNCTION require_own_name(
  'signed_by_id', 'sent_by_id');
CREATE TRIGGER own_name BEFORE INSERT OR UPDATE ON report_version FOR EACH ROW EXECUTE FUNCTION require_own_name(
  'written_by_id', 'signed_by_id');
CREATE TRIGGER own_name BEFORE INSERT OR UPDATE ON task FOR EACH ROW EXECUTE FUNCTION require_own_name(
  'accepted_by_id', 'done_by_id');
CREATE TRIGGER own_name BEFORE INSERT OR UPDATE ON marker FOR EACH ROW EXECUTE FUNCTION require_own_name(
  'owner_id', 'ended_by_id');
CREATE TRIGGER own_name BEFORE INSERT OR UPDATE ON marker_acknowledgement FOR EACH ROW EXECUTE FUNCTION
  require_own_name('acknowledged_by_id');
CREATE TRIGGER own_name BEFORE INSERT OR UPDATE ON hub FOR EACH ROW EXECUTE FUNCTION require_own_name('diverted_by_id');

-- What only a clinician decides about a referral, and what a practitioner may change of another's.
CREATE FUNCTION guard_referral() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF public.is_trusted() OR public.i_am('clinician', 'system') THEN RETURN NEW; END IF;
  IF NEW.priority > OLD.priority AND NOT public.i_replaced('referral', NEW.id, 'priority', NEW.priority::text)
     OR OLD.priority IS NOT NULL AND NEW.priority IS NULL THEN
    RAISE EXCEPTION 'Only a duty clinician lowers a priority.' USING ERRCODE = 'DS001';
  END IF;
  -- A crew that takes a patient over ends what nobody triaged.
  IF OLD.status = 'received' AND NEW.status IN ('triaged', 'accepted') AND NEW.ambulance_taken_over_at IS NULL
     OR NEW.status IN ('declined', 'redirected') AND OLD.status <> NEW.status AND NOT EXISTS (
       SELECT FROM public.queue_entry WHERE referral_id = NEW.id AND status = 'taken_over') THEN
    RAISE EXCEPTION 'Only a duty clinician triages, declines or redirects a referral.' USING ERRCODE = 'DS001';
  END IF;
  IF OLD.stood_down_by_id IS NULL AND NEW.stood_down_by_id IS NOT NULL THEN
    RAISE EXCEPTION 'Only a duty clinician stands an ambulance down.' USING ERRCODE = 'DS001';
  END IF;
  IF NOT public.at_desk() AND (NEW.status, NEW.seen_at, NEW.closed_at) IS DISTINCT FROM
     (OLD.status, OLD.seen_at, OLD.closed_at) AND NOT EXISTS (
       SELECT FROM public.visit WHERE referral_id = NEW.id AND practitioner_id = public.my_practitioner()
       UNION ALL
       SELECT FROM public.queue_entry WHERE referral_id = NEW.id AND practitioner_id = public.my_practitioner()) THEN
    RAISE EXCEPTION 'This is another practitioner''s: ask the hub coordinator to change it.' USING ERRCODE = 'DS001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guarded BEFORE UPDATE ON referral FOR EACH ROW EXECUTE FUNCTION guard_referral();

-- A report is signed by a clinician or a practitioner.
CREATE FUNCTION guard_signature() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.is_trusted() AND NEW.signed_by_id IS NOT NULL
     AND (TG_OP = 'INSERT' OR OLD.signed_by_id IS DISTINCT FROM NEW.signed_by_id)
     AND NOT public.i_am('clinician', 'practitioner')
     AND NOT public.i_replaced(TG_TABLE_NAME, NEW.id, 'signed_by_id', NEW.signed_by_id::text) THEN
    RAISE EXCEPTION 'A report is signed by the clinician of the contact.' USING ERRCODE = 'DS001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guarded BEFORE INSERT OR UPDATE ON report FOR EACH ROW EXECUTE FUNCTION guard_signature();
CREATE TRIGGER guarded BEFORE INSERT OR UPDATE ON report_version FOR EACH ROW EXECUTE FUNCTION guard_signature();

-- Rows go only by undo: whoever made one a moment ago.
CREATE FUNCTION require_undo() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF public.is_trusted() OR EXISTS (SELECT FROM public.audit_log
       WHERE tbl = TG_TABLE_NAME AND row_id = OLD.id AND op = 'I' AND login = session_user
         AND at > clock_timestamp() - interval '15 minutes') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'What was entered stays: only its author takes it back, within minutes.' USING ERRCODE = 'DS001';
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['contact', 'marker_acknowledgement', 'outcome', 'queue_entry', 'report', 'shift', 'snooze', 'task']
  LOOP
    EXECUTE format('CREATE TRIGGER undone BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION require_undo()', t);
  END LOOP;
END $$;

-- A referral makes its patient known to its hub: of patients whom the person may see already, or whom nobody knows yet.
CREATE OR REPLACE FUNCTION keep_patient_hub() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.is_trusted()
     AND EXISTS (SELECT FROM public.patient_hub WHERE patient_id = NEW.patient_id)
     AND NOT EXISTS (SELECT FROM public.patient_hub
           WHERE patient_id = NEW.patient_id AND hub_id = ANY (public.my_hubs())) THEN
    RAISE EXCEPTION 'This patient is known to another hub: look for them first, then choose them there.'
      USING ERRCODE = 'DS001';
  END IF;
  INSERT INTO public.patient_hub (patient_id, hub_id) VALUES (NEW.patient_id, NEW.hub_id) ON CONFLICT DO NOTHING;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'This log is append-only: nothing in it is changed or removed.' USING ERRCODE = 'DS001';
END $$;
