-- What an administrator does about people. On a secured database each calls the functions of schema people besides,
-- which alone can touch a login; they are looked up when they are called, so an open database does without.

CREATE FUNCTION require_administrator(p_login text, p_own_too boolean) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.i_am('administrator') THEN
    RAISE EXCEPTION 'Only an administrator changes people.' USING ERRCODE = 'DS001';
  END IF;
  IF p_login = 'doorstep' THEN
    RAISE EXCEPTION 'Doorstep itself is nobody''s account: choose another login.' USING ERRCODE = 'DS001';
  END IF;
  IF p_login = session_user AND NOT p_own_too THEN
    RAISE EXCEPTION 'Nobody changes their own roles, hubs or login: ask another administrator.' USING ERRCODE = 'DS001';
  END IF;
  RETURN (SELECT id FROM public.staff WHERE login = p_login);
END $$;

CREATE FUNCTION require_person(p_login text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  person bigint := public.require_administrator(p_login, false);
BEGIN
  IF person IS NULL THEN
    RAISE EXCEPTION 'There is nobody with this login: add them first.' USING ERRCODE = 'DS001';
  END IF;
  RETURN person;
END $$;

CREATE FUNCTION staff_put(p_login text, p_name text, p_registration text, p_mail text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  person bigint := public.require_administrator(p_login, true);
BEGIN
  IF btrim(coalesce(p_name, '')) = '' THEN
    RAISE EXCEPTION 'Give the name as others read it.' USING ERRCODE = 'DS001';
  END IF;
  IF person IS NULL THEN
    INSERT INTO public.staff (login, name, registration, mail, is_active)
    VALUES (p_login, btrim(p_name), p_registration, p_mail, true) RETURNING id INTO person;
  ELSE
    UPDATE public.staff SET name = btrim(p_name), registration = coalesce(p_registration, registration),
      mail = coalesce(p_mail, mail), version = version + 1 WHERE id = person;
  END IF;
  RETURN person;
END $$;

-- Makes the login, or lets a disabled one in again; with a verifier it has a password, or another one.
CREATE FUNCTION staff_login(p_login text, p_verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  person bigint := public.require_person(p_login);
BEGIN
  UPDATE public.staff SET is_active = true, version = version + 1 WHERE id = person AND NOT is_active;
  PERFORM people.make_login(p_login::name, p_verifier);
  PERFORM people.set_roles(p_login::name, (SELECT coalesce(array_agg(role::text), '{}') FROM public.staff_role
    WHERE staff_id = person));
END $$;

-- Exactly these roles from now on.
CREATE FUNCTION staff_roles(p_login text, p_roles text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  person bigint := public.require_person(p_login);
BEGIN
  IF p_roles IS NULL OR cardinality(p_roles) = 0 OR NOT p_roles <@ ARRAY['coordinator', 'clinician', 'supervisor',
       'practitioner', 'service_manager', 'administrator', 'auditor'] THEN
    RAISE EXCEPTION 'A person has one or more of the roles of persons, and no other.' USING ERRCODE = 'DS001';
  END IF;
  IF 'clinician' = ANY (p_roles)
     AND EXISTS (SELECT FROM public.staff WHERE id = person AND coalesce(registration, '') = '') THEN
    RAISE EXCEPTION 'A duty clinician needs a registration, because they sign and stand down by it.'
      USING ERRCODE = 'DS001';
  END IF;
  DELETE FROM public.staff_role WHERE staff_id = person AND role <> ALL (p_roles);
  INSERT INTO public.staff_role (staff_id, role) SELECT person, unnest(p_roles) ON CONFLICT DO NOTHING;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = p_login AND rolcanlogin) THEN
    PERFORM people.set_roles(p_login::name, p_roles);
  END IF;
END $$;

-- Exactly these hubs from now on.
CREATE FUNCTION staff_hubs(p_login text, p_hubs bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  person bigint := public.require_person(p_login);
BEGIN
  DELETE FROM public.staff_hub WHERE staff_id = person AND hub_id <> ALL (coalesce(p_hubs, '{}'));
  INSERT INTO public.staff_hub (staff_id, hub_id) SELECT person, unnest(p_hubs) ON CONFLICT DO NOTHING;
END $$;

-- From the commit on the person sees nothing, and cannot come in again; staff_end_sessions then ends what is open.
CREATE FUNCTION staff_disable(p_login text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  person bigint := public.require_person(p_login);
BEGIN
  UPDATE public.staff SET is_active = false, version = version + 1 WHERE id = person AND is_active;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = p_login) THEN
    PERFORM people.lock_login(p_login::name);
  END IF;
END $$;

CREATE FUNCTION staff_end_sessions(p_login text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.require_person(p_login);
  RETURN people.end_sessions(p_login::name);
END $$;
