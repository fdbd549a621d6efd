-- The code of a key safe opens a person's door. It stands in a table of its own, which no login of a person reads: that there
-- is one, since when and by whom, and nothing else. It is asked for in one transaction, with a reason, and given in another.
ALTER TABLE key_safe ENABLE ROW LEVEL SECURITY;
CREATE POLICY known_read ON key_safe FOR SELECT USING (EXISTS (
  SELECT FROM patient_hub k WHERE k.patient_id = key_safe.patient_id AND k.hub_id = ANY ((SELECT my_hubs())::bigint[])));

-- Gives the number of the opening; a request that is not granted is kept too.
CREATE FUNCTION request_key_safe(p_patient bigint, p_referral bigint, p_role text, p_device text, p_reason text,
                                 p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  is_known boolean;
  opening bigint;
BEGIN
  IF NOT public.i_am('coordinator', 'clinician', 'supervisor', 'practitioner')
     OR p_role NOT IN ('coordinator', 'clinician', 'supervisor', 'practitioner') OR NOT public.i_am(p_role) THEN
    RAISE EXCEPTION 'Only who sends or visits somebody is shown a key-safe code.' USING ERRCODE = 'DS001';
  END IF;
  IF length(btrim(coalesce(p_reason, ''))) < 3 THEN
    RAISE EXCEPTION 'Say why you need the code.' USING ERRCODE = 'DS001';
  END IF;
  is_known := (public.is_trusted() OR EXISTS (
      SELECT FROM public.patient_hub WHERE patient_id = p_patient AND hub_id = ANY (public.my_hubs())))
    AND EXISTS (SELECT FROM public.referral WHERE id = p_referral AND patient_id = p_patient);
  INSERT INTO public.record_opening (patient_id, referral_id, opened_by_id, role, device, reason, opened_at, is_granted, shows)
  SELECT id, CASE WHEN is_known THEN p_referral END, public.acting_id(), p_role, coalesce(p_device, ''),
         btrim(p_reason), p_at, is_known, 'key_safe'
    FROM public.patient WHERE id = p_patient
  RETURNING id INTO opening;
  IF opening IS NULL THEN
    RAISE EXCEPTION 'This patient is not in the database. Look at the board again.' USING ERRCODE = 'DS001';
  END IF;
  RETURN opening;
END $$;

-- Two minutes are enough to read it to somebody; after that a reason is asked for anew.
CREATE FUNCTION show_key_safe(p_opening bigint) RETURNS TABLE (code text, place text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  asked public.record_opening;
BEGIN
  SELECT o.* INTO asked FROM public.record_opening o JOIN public.audit_log l
      ON l.tbl = 'record_opening' AND l.row_id = o.id AND l.op = 'I'
   WHERE o.id = p_opening AND o.shows = 'key_safe' AND l.login = session_user
     AND l.at > clock_timestamp() - interval '2 minutes' AND l.txid IS DISTINCT FROM pg_current_xact_id_if_assigned();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Say why you need the code first, and let that be written down.' USING ERRCODE = 'DS001';
  END IF;
  IF NOT asked.is_granted OR NOT (public.is_trusted() OR EXISTS (
       SELECT FROM public.patient_hub k WHERE k.patient_id = asked.patient_id AND k.hub_id = ANY (public.my_hubs()))) THEN
    RAISE EXCEPTION 'Your hubs do not know this patient. That you asked is kept in the audit.' USING ERRCODE = 'DS001';
  END IF;
  RETURN QUERY
    SELECT s.code::text, s.place::text FROM public.key_safe s WHERE s.patient_id = asked.patient_id AND s.is_kept;
END $$;

-- Enters or replaces a code without showing the one before; an empty code says that there is none any more.
CREATE FUNCTION keep_key_safe(p_patient bigint, p_code text, p_place text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.i_am('coordinator', 'clinician', 'supervisor', 'practitioner', 'system')
     OR NOT (public.is_trusted() OR EXISTS (
       SELECT FROM public.patient_hub WHERE patient_id = p_patient AND hub_id = ANY (public.my_hubs()))
     OR EXISTS (SELECT FROM public.referral r WHERE r.patient_id = p_patient AND public.is_taken_in_now(r.id))) THEN
    RAISE EXCEPTION 'Only who sends or visits somebody enters a key-safe code.' USING ERRCODE = 'DS001';
  END IF;
  INSERT INTO public.key_safe AS s (patient_id, code, place, is_kept, changed_by_id, changed_at)
  VALUES (p_patient, p_code, p_place, p_code <> '', public.acting_id(), p_at)
  ON CONFLICT (patient_id) DO UPDATE SET code = excluded.code, place = excluded.place, is_kept = excluded.is_kept,
    changed_by_id = excluded.changed_by_id, changed_at = excluded.changed_at, version = s.version + 1;
END $$;
REVOKE EXECUTE ON FUNCTION request_key_safe(bigint, bigint, text, text, text, timestamptz), show_key_safe(bigint),
  keep_key_safe(bigint, text, text, timestamptz) FROM PUBLIC;
