-- Who is asking, as before, asked once: inside a condition it was asked anew for each row that the condition looked at,
-- so that every line of the audit cost as much as there are people.

CREATE OR REPLACE FUNCTION my_staff() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me CONSTANT text := CASE WHEN public.is_worker() THEN 'doorstep' ELSE session_user::text END;
BEGIN
  RETURN (SELECT id FROM public.staff WHERE is_active AND login = me);
END
$$;

CREATE OR REPLACE FUNCTION my_hubs() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me bigint;
BEGIN
  IF public.is_worker() THEN
    RETURN (SELECT coalesce(array_agg(id), '{}') FROM public.hub);
  END IF;
  me := public.my_staff();
  RETURN (SELECT coalesce(array_agg(hub_id), '{}') FROM public.staff_hub WHERE staff_id = me);
END
$$;

CREATE OR REPLACE FUNCTION my_practitioner() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me CONSTANT bigint := public.my_staff();
BEGIN
  RETURN (SELECT id FROM public.practitioner WHERE staff_id = me AND is_active);
END
$$;
