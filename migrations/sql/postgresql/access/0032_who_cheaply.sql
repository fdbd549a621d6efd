-- Who is asking, as before, with less work: a policy asks it once for each table of a statement, and a board reads ten.

CREATE OR REPLACE FUNCTION is_worker() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  workers CONSTANT oid := to_regrole('doorstep_worker');
BEGIN
  RETURN workers IS NOT NULL AND pg_has_role(session_user, workers, 'MEMBER');
END
$$;

CREATE OR REPLACE FUNCTION is_here() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN public.my_staff() IS NOT NULL;
END
$$;

CREATE OR REPLACE FUNCTION my_hubs() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me CONSTANT text := session_user;
BEGIN
  IF public.is_worker() THEN
    RETURN (SELECT coalesce(array_agg(id), '{}') FROM public.hub);
  END IF;
  RETURN (
    SELECT coalesce(array_agg(h.hub_id), '{}') FROM public.staff_hub h JOIN public.staff s ON s.id = h.staff_id
     WHERE s.is_active AND s.login = me);
END
$$;
