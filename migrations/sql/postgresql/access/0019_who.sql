-- Who is asking, as before, with plans that a session keeps: a function of SQL alone is parsed and planned anew in every
-- statement, which took up to a millisecond each, and a board asks six times.

CREATE OR REPLACE FUNCTION is_trusted() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT pg_has_role(session_user, relowner, 'MEMBER') FROM pg_class WHERE oid = 'public.staff'::regclass);
END
$$;

CREATE OR REPLACE FUNCTION is_worker() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'doorstep_worker' AND pg_has_role(session_user, oid, 'MEMBER')));
END
$$;

CREATE OR REPLACE FUNCTION my_staff() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT id FROM public.staff
     WHERE is_active AND login = CASE WHEN public.is_worker() THEN 'doorstep' ELSE session_user::text END);
END
$$;

CREATE OR REPLACE FUNCTION is_here() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT public.my_staff() IS NOT NULL);
END
$$;

CREATE OR REPLACE FUNCTION my_hubs() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN public.is_worker() THEN (SELECT coalesce(array_agg(id), '{}') FROM public.hub)
           ELSE (SELECT coalesce(array_agg(hub_id), '{}') FROM public.staff_hub WHERE staff_id = public.my_staff()) END);
END
$$;

CREATE OR REPLACE FUNCTION i_am(VARIADIC p_roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT public.is_trusted() OR public.is_here() AND EXISTS (
      SELECT FROM pg_roles r JOIN unnest(p_roles) word
        ON r.rolname = CASE word WHEN 'system' THEN 'doorstep_worker' ELSE 'doorstep_' || word END
     WHERE pg_has_role(session_user, r.oid, 'MEMBER')));
END
$$;

CREATE OR REPLACE FUNCTION at_desk() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT public.i_am('coordinator', 'clinician', 'supervisor', 'system'));
END
$$;

CREATE OR REPLACE FUNCTION sees_patients() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT public.i_am('coordinator', 'clinician', 'supervisor', 'practitioner', 'auditor', 'system'));
END
$$;

CREATE OR REPLACE FUNCTION my_practitioner() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT id FROM public.practitioner WHERE staff_id = public.my_staff() AND is_active);
END
$$;
