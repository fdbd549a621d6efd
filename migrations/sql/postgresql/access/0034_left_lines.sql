-- Lines of the audit about what changes no row: what a function refused, who read the audit, how a check of it ended, and
-- what an administrator was about to do.

CREATE FUNCTION leave_line(p_tbl text, p_patient bigint, p_new jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.audit_log (actor_id, actor_name, actor_role, tbl, op, row_id, patient_id, new)
  SELECT who.id, who.name, who.role, p_tbl, 'S', 0, p_patient, p_new FROM public.acting() who;
END $$;

-- A refusal takes back what its function wrote, so the program leaves it afterwards, in a transaction of its own. Of another
-- program the server's log alone has it.
CREATE FUNCTION leave_refusal(p_words text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.leave_line('refusal', NULL, jsonb_build_object('words', left(p_words, 300)));
END $$;

-- What an auditor asks for, before it is read.
CREATE FUNCTION leave_look(p_wanted text, p_patient bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.i_am('auditor') THEN
    RAISE EXCEPTION 'Only an auditor reads the audit.' USING ERRCODE = 'DS001';
  END IF;
  PERFORM public.leave_line('audit_look', p_patient, jsonb_build_object('wanted', left(p_wanted, 300)));
END $$;

-- Only who sees all lines can have checked them.
CREATE FUNCTION leave_check(p_found jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.is_trusted() THEN
    RAISE EXCEPTION 'Only the owner of the database checks all of the audit.' USING ERRCODE = 'DS001';
  END IF;
  PERFORM public.leave_line('audit_check', NULL, p_found);
END $$;

-- How the newest check ended, for those who may not read the lines.
CREATE FUNCTION audit_checked() RETURNS TABLE (at timestamptz, login text, found jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.at, l.login::text, l.new FROM public.audit_log l WHERE l.tbl = 'audit_check' ORDER BY l.id DESC LIMIT 1
$$;

-- What is to be done about whom, in a transaction before it is done: a refusal cannot take that back.
CREATE FUNCTION staff_ask(p_login text, p_what text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.i_am('administrator') THEN
    RAISE EXCEPTION 'Only an administrator changes people.' USING ERRCODE = 'DS001';
  END IF;
  PERFORM public.leave_line('staff_ask', NULL, jsonb_build_object('about', p_login, 'what', left(p_what, 300)));
END $$;

CREATE OR REPLACE FUNCTION require_administrator(p_login text, p_own_too boolean) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.i_am('administrator') THEN
    RAISE EXCEPTION 'Only an administrator changes people.' USING ERRCODE = 'DS001';
  END IF;
  IF NOT public.is_trusted() AND NOT EXISTS (
       SELECT FROM public.audit_log l
        WHERE l.tbl = 'staff_ask' AND l.login = session_user AND l.at > clock_timestamp() - interval '1 minute'
          AND l.new ->> 'about' = p_login AND l.txid IS DISTINCT FROM pg_current_xact_id_if_assigned()) THEN
    RAISE EXCEPTION 'What is done about a person is written down before it is done: do it at a console of this version.'
      USING ERRCODE = 'DS001';
  END IF;
  IF p_login = 'doorstep' THEN
    RAISE EXCEPTION 'Doorstep itself is nobody''s account: choose another login.' USING ERRCODE = 'DS001';
  END IF;
  IF p_login = session_user AND NOT p_own_too THEN
    RAISE EXCEPTION 'Nobody changes their own roles, hubs or login: ask another administrator.' USING ERRCODE = 'DS001';
  END IF;
  RETURN (SELECT id FROM public.staff WHERE login = p_login);
END $$;

-- Takes back what a referral that its author takes back had added to a patient who was known: what this login filled in with
-- it, minutes ago, and nobody has changed since.
CREATE FUNCTION uncomplete_patient(p_referral bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  made public.audit_log;
  filled public.audit_log;
BEGIN
  SELECT l.* INTO made FROM public.audit_log l
   WHERE l.tbl = 'referral' AND l.row_id = p_referral AND l.op = 'I' AND l.login = session_user
     AND l.at > clock_timestamp() - interval '15 minutes';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'What was entered stays: only its author takes it back, within minutes.' USING ERRCODE = 'DS001';
  END IF;
  FOR filled IN
    SELECT l.* FROM public.audit_log l
     WHERE l.tbl = 'patient' AND l.row_id = made.patient_id AND l.op = 'U' AND l.login = session_user
       AND l.txid = made.txid ORDER BY l.id DESC
  LOOP
    UPDATE public.patient p
       SET phone = CASE WHEN filled.new ? 'phone' AND p.phone = filled.new ->> 'phone'
                        THEN filled.old ->> 'phone' ELSE p.phone END,
           practice_id = CASE WHEN filled.new ? 'practice_id' AND p.practice_id = (filled.new ->> 'practice_id')::bigint
                        THEN (filled.old ->> 'practice_id')::bigint ELSE p.practice_id END,
           home_postcode = CASE WHEN filled.new ? 'home_address' AND p.home_address = filled.new ->> 'home_address'
                            AND filled.new ? 'home_postcode' THEN filled.old ->> 'home_postcode' ELSE p.home_postcode END,
           home_address = CASE WHEN filled.new ? 'home_address' AND p.home_address = filled.new ->> 'home_address'
                        THEN filled.old ->> 'home_address' ELSE p.home_address END,
           version = version + 1
     WHERE p.id = made.patient_id;
  END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION leave_line(text, bigint, jsonb), leave_refusal(text), leave_look(text, bigint),
  leave_check(jsonb), audit_checked(), staff_ask(text, text), uncomplete_patient(bigint) FROM PUBLIC;
