-- A record is opened in two transactions. The first leaves who asks, for whom and why, in record_opening and by its trigger
-- in the audit; the second gives the details, and only to the login that asked, once that line is committed and as long as
-- it is young. What gives is bound to the audit's own line: nobody can write that one, or take it back.

-- Gives the number of the opening. Who asks for a patient of another hub is kept too, and gets nothing by it.
CREATE FUNCTION request_record(p_patient bigint, p_referral bigint, p_role text, p_device text, p_reason text,
                               p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  is_known boolean;
  opening bigint;
BEGIN
  IF NOT public.i_am('coordinator', 'clinician', 'supervisor', 'practitioner', 'auditor') OR NOT public.i_am(p_role) THEN
    RAISE EXCEPTION 'Only who works with patients opens a record, in a role of their own.' USING ERRCODE = 'DS001';
  END IF;
  IF length(btrim(coalesce(p_reason, ''))) < 3 THEN
    RAISE EXCEPTION 'Say why you open this record.' USING ERRCODE = 'DS001';
  END IF;
  is_known := (public.is_trusted() OR EXISTS (
      SELECT FROM public.patient_hub WHERE patient_id = p_patient AND hub_id = ANY (public.my_hubs())))
    AND (p_referral IS NULL OR EXISTS (
      SELECT FROM public.referral WHERE id = p_referral AND patient_id = p_patient));
  INSERT INTO public.record_opening (patient_id, referral_id, opened_by_id, role, device, reason, opened_at, is_granted)
  SELECT id, CASE WHEN is_known THEN p_referral END, public.acting_id(), p_role, coalesce(p_device, ''),
         btrim(p_reason), p_at, is_known
    FROM public.patient WHERE id = p_patient
  RETURNING id INTO opening;
  IF opening IS NULL THEN
    RAISE EXCEPTION 'This patient is not in the database. Look at the board again.' USING ERRCODE = 'DS001';
  END IF;
  RETURN opening;
END $$;

-- The newest opening by which this login may read now: granted, committed, and a quarter of an hour old at most.
CREATE FUNCTION fresh_opening(p_patient bigint, p_within interval DEFAULT '15 minutes') RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  is_owner CONSTANT boolean := public.is_trusted();
  me CONSTANT bigint := public.my_staff();
BEGIN
  RETURN (
    SELECT o.id FROM public.record_opening o JOIN public.audit_log l
        ON l.tbl = 'record_opening' AND l.row_id = o.id AND l.op = 'I'
     WHERE o.patient_id = p_patient AND o.is_granted AND o.shows = 'record' AND (is_owner OR o.opened_by_id = me)
       AND l.login = session_user AND l.at > clock_timestamp() - least(p_within, interval '15 minutes')
       AND l.txid IS DISTINCT FROM pg_current_xact_id_if_assigned()
     ORDER BY o.id DESC LIMIT 1);
END $$;

-- What only an opened record shows. Nothing without an opening; the server's log has it too, without whose record it was.
CREATE FUNCTION open_record(p_opening bigint)
RETURNS TABLE (patient_id bigint, home_address text, home_postcode text, phone text, other_phones jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  asked public.record_opening;
BEGIN
  IF p_opening IS NULL THEN RETURN; END IF;
  SELECT o.* INTO asked FROM public.record_opening o JOIN public.audit_log l
      ON l.tbl = 'record_opening' AND l.row_id = o.id AND l.op = 'I'
   WHERE o.id = p_opening AND o.shows = 'record' AND l.login = session_user
     AND l.at > clock_timestamp() - interval '15 minutes' AND l.txid IS DISTINCT FROM pg_current_xact_id_if_assigned();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Open this record first, with the reason.' USING ERRCODE = 'DS001';
  END IF;
  IF NOT asked.is_granted OR NOT (public.is_trusted() OR EXISTS (
       SELECT FROM public.patient_hub k WHERE k.patient_id = asked.patient_id AND k.hub_id = ANY (public.my_hubs()))) THEN
    RAISE EXCEPTION 'Your hubs do not know this patient. That you asked is kept in the audit.' USING ERRCODE = 'DS001';
  END IF;
  RAISE LOG 'record opening % by %', asked.id, session_user;
  RETURN QUERY
    SELECT p.id, p.home_address::text, p.home_postcode::text, p.phone::text, p.other_phones
      FROM public.patient p WHERE p.id = asked.patient_id;
END $$;

-- Whoever takes in a referral of a patient who is known adds what was not known of them, without being shown the rest.
CREATE FUNCTION complete_patient(p_patient bigint, p_phone text, p_address text, p_postcode text, p_practice bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.at_desk() OR NOT (public.is_trusted() OR EXISTS (
       SELECT FROM public.patient_hub WHERE patient_id = p_patient AND hub_id = ANY (public.my_hubs()))) THEN
    RAISE EXCEPTION 'Only who takes in a referral completes its patient.' USING ERRCODE = 'DS001';
  END IF;
  UPDATE public.patient
     SET phone = coalesce(nullif(phone, ''), p_phone), practice_id = coalesce(practice_id, p_practice),
         home_postcode = CASE WHEN home_address = '' THEN p_postcode ELSE home_postcode END,
         home_address = CASE WHEN home_address = '' THEN coalesce(p_address, '') ELSE home_address END,
         version = version + 1
   WHERE id = p_patient AND (coalesce(phone, '') = '' AND p_phone IS NOT NULL
     OR practice_id IS NULL AND p_practice IS NOT NULL OR home_address = '' AND coalesce(p_address, '') <> '');
END $$;

-- A board shows the number that belongs to the referral: where none was given, the patient's own stands there.
CREATE FUNCTION keep_number() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.contact_phone := (SELECT phone FROM public.patient WHERE id = NEW.patient_id);
  RETURN NEW;
END $$;
CREATE TRIGGER number_kept BEFORE INSERT ON referral
  FOR EACH ROW WHEN (NEW.contact_phone IS NULL) EXECUTE FUNCTION keep_number();

-- What became of a row, as before; of a patient's details to nobody who has not opened the record.
CREATE OR REPLACE FUNCTION row_changes(p_tbl text, p_row_id bigint, p_version bigint)
RETURNS TABLE (at timestamptz, actor_id bigint, actor_name text, old jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.at, a.actor_id, a.actor_name,
         CASE WHEN p_tbl = 'patient' AND NOT public.is_trusted() AND public.fresh_opening(p_row_id) IS NULL
              THEN a.old - '{home_address,home_postcode,phone,other_phones}'::text[] ELSE a.old END
    FROM public.audit_log a
   WHERE a.tbl = p_tbl AND a.row_id = p_row_id AND a.op = 'U' AND (a.old ->> 'version')::bigint >= p_version
     AND (public.is_trusted() OR public.sees_patients() AND CASE p_tbl
       WHEN 'referral' THEN EXISTS (
         SELECT FROM public.referral r WHERE r.id = p_row_id AND r.hub_id = ANY (public.my_hubs()))
       WHEN 'report' THEN EXISTS (
         SELECT FROM public.report r WHERE r.id = p_row_id AND r.hub_id = ANY (public.my_hubs()))
       WHEN 'patient' THEN EXISTS (
         SELECT FROM public.patient_hub k WHERE k.patient_id = p_row_id AND k.hub_id = ANY (public.my_hubs()))
       ELSE false END)
   ORDER BY a.id
$$;

-- Open referrals of before, whose board row took the patient's number.
UPDATE referral r SET contact_phone = p.phone FROM patient p
 WHERE p.id = r.patient_id AND r.contact_phone IS NULL AND p.phone IS NOT NULL
   AND r.status IN ('received', 'triaged', 'accepted');

REVOKE EXECUTE ON FUNCTION request_record(bigint, bigint, text, text, text, timestamptz), fresh_opening(bigint, interval),
  open_record(bigint), complete_patient(bigint, text, text, text, bigint), keep_number() FROM PUBLIC;
