-- Whether a patient is known to a hub that one does not see. It is asked and answered in two transactions: the first
-- leaves in the audit who looked for whom, and cannot be taken back by the time the second answers.

CREATE FUNCTION letters_of(p_name text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT lower(regexp_replace(coalesce(p_name, ''), '[^[:alnum:]]', '', 'g'))
$$;

-- By number; or by birth date and a name that begins alike, also the other way round. At most twenty, never by name alone.
CREATE FUNCTION ask_who_is_known(p_nhs_number text, p_family text, p_given text, p_born date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found bigint[];
  search bigint;
BEGIN
  IF NOT public.i_am('coordinator', 'clinician', 'supervisor') THEN
    RAISE EXCEPTION 'Only who takes in referrals asks whether a patient is known elsewhere.' USING ERRCODE = 'DS001';
  END IF;
  IF p_nhs_number IS NULL AND (p_born IS NULL OR length(public.letters_of(p_family)) < 2) THEN
    RAISE EXCEPTION 'Give an NHS number, or a birth date with a family name.' USING ERRCODE = 'DS001';
  END IF;
  SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO found FROM (
    SELECT p.id FROM public.patient p
     WHERE p.nhs_number = p_nhs_number
       AND NOT EXISTS (SELECT FROM public.patient_hub k
                        WHERE k.patient_id = p.id AND k.hub_id = ANY (public.my_hubs()))
    UNION
    SELECT p.id FROM public.patient p
     WHERE p.birth_date = p_born AND length(public.letters_of(p_family)) >= 2
       AND (left(public.letters_of(p.family_name), 3) = left(public.letters_of(p_family), 3)
         OR public.letters_of(p.given_name) = public.letters_of(p_family))
       AND NOT EXISTS (SELECT FROM public.patient_hub k
                        WHERE k.patient_id = p.id AND k.hub_id = ANY (public.my_hubs()))
    LIMIT 20) _;
  INSERT INTO public.audit_log (tbl, op, row_id, new) VALUES ('patient_search', 'S', 0, jsonb_build_object(
    'nhs_number', p_nhs_number, 'family_name', p_family, 'given_name', p_given, 'birth_date', p_born, 'found', found))
    RETURNING id INTO search;
  RETURN search;
END $$;

-- Name, birth date and hubs of who was found, once it is written down who looked.
CREATE FUNCTION who_is_known(p_search bigint)
RETURNS TABLE (patient_id bigint, family_name text, given_name text, birth_date date, nhs_number text, hubs text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  search public.audit_log;
BEGIN
  SELECT * INTO search FROM public.audit_log l
   WHERE l.id = p_search AND l.tbl = 'patient_search' AND l.login = session_user
     AND l.at > clock_timestamp() - interval '5 minutes';
  IF NOT FOUND OR search.txid IS NOT DISTINCT FROM pg_current_xact_id_if_assigned() THEN
    RAISE EXCEPTION 'Ask first, and let it be written down who looked.' USING ERRCODE = 'DS001';
  END IF;
  RETURN QUERY
    SELECT p.id, p.family_name::text, p.given_name::text, p.birth_date,
           CASE WHEN p.nhs_number = search.new ->> 'nhs_number' THEN p.nhs_number::text END,
           (SELECT string_agg(h.name, ', ' ORDER BY h.name) FROM public.patient_hub k
              JOIN public.hub h ON h.id = k.hub_id WHERE k.patient_id = p.id)
      FROM jsonb_array_elements_text(search.new -> 'found') one JOIN public.patient p ON p.id = one::bigint;
END $$;

-- The person says that it is the one who was found: from now on their hub knows the patient too. The audit has it.
CREATE FUNCTION take_known_on(p_patient bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.patient_hub WHERE patient_id = p_patient AND hub_id = ANY (public.my_hubs())) THEN
    RETURN;
  END IF;
  IF NOT public.i_am('coordinator', 'clinician', 'supervisor') OR NOT EXISTS (
       SELECT FROM public.audit_log l
        WHERE l.tbl = 'patient_search' AND l.login = session_user AND l.at > clock_timestamp() - interval '12 hours'
          AND l.txid IS DISTINCT FROM pg_current_xact_id_if_assigned()
          AND l.new -> 'found' @> to_jsonb(p_patient)) THEN
    RAISE EXCEPTION 'This patient is known to another hub: look for them first, then choose them there.'
      USING ERRCODE = 'DS001';
  END IF;
  INSERT INTO public.patient_hub (patient_id, hub_id)
  SELECT p_patient, hub FROM unnest(public.my_hubs()) hub ORDER BY hub LIMIT 1;
END $$;
CREATE INDEX ix_audit_log_search ON audit_log (login, at) WHERE tbl = 'patient_search';

-- New figures move what is late already, of every hub: whoever may change them lets everything be looked at, unseen.
CREATE FUNCTION look_at_everything(p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  looks bigint;
BEGIN
  IF NOT public.i_am('service_manager', 'administrator', 'system') THEN
    RAISE EXCEPTION 'Only who changes settings lets everything be looked at.' USING ERRCODE = 'DS001';
  END IF;
  INSERT INTO public.watch (subject_kind, subject_id, next_at)
    SELECT 'referral', id, p_at FROM public.referral WHERE status IN ('received', 'triaged', 'accepted')
    UNION ALL SELECT 'visit', id, p_at FROM public.visit
      WHERE status IN ('allocated', 'acknowledged', 'en_route', 'on_scene')
    UNION ALL SELECT 'shift', id, p_at FROM public.shift WHERE off_at IS NULL
    UNION ALL SELECT 'report', id, p_at FROM public.report WHERE status <> 'accepted'
    UNION ALL SELECT 'practice', practice_id, p_at FROM public.report
      WHERE status <> 'accepted' AND practice_id IS NOT NULL GROUP BY practice_id
    UNION ALL SELECT 'hub', id, p_at FROM public.hub
    UNION ALL SELECT 'task', id, p_at FROM public.task WHERE accepted_at IS NOT NULL AND done_at IS NULL;
  GET DIAGNOSTICS looks = ROW_COUNT;
  RETURN looks;
END $$;
