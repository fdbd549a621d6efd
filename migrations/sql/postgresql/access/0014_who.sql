-- Who is asking. Always session_user: SET ROLE and definer functions change current_user, nothing short of a superuser
-- changes the login of a session. Policies call these as (SELECT f()), which is once a statement, not once a row.

-- The owner of the database, whoever may act as it, and superusers. On an open database everybody connects as the owner.
CREATE FUNCTION is_trusted() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_has_role(session_user, relowner, 'MEMBER') FROM pg_class WHERE oid = 'public.staff'::regclass
$$;

CREATE FUNCTION is_worker() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'doorstep_worker' AND pg_has_role(session_user, oid, 'MEMBER'))
$$;

-- The row of the person whose login this is; a worker is Doorstep itself. Nothing for whoever was disabled.
CREATE FUNCTION my_staff() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT id FROM public.staff
   WHERE is_active AND login = CASE WHEN public.is_worker() THEN 'doorstep' ELSE session_user::text END
$$;

CREATE FUNCTION is_here() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.my_staff() IS NOT NULL
$$;

-- The only scope there is: the hubs that a person was given. A worker works for all of them.
CREATE FUNCTION my_hubs() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN public.is_worker() THEN (SELECT coalesce(array_agg(id), '{}') FROM public.hub)
         ELSE (SELECT coalesce(array_agg(hub_id), '{}') FROM public.staff_hub WHERE staff_id = public.my_staff()) END
$$;

-- Whether the person may act in one of these roles, by the words of the console.
CREATE FUNCTION i_am(VARIADIC p_roles text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.is_trusted() OR public.is_here() AND EXISTS (
    SELECT FROM pg_roles r JOIN unnest(p_roles) word
      ON r.rolname = CASE word WHEN 'system' THEN 'doorstep_worker' ELSE 'doorstep_' || word END
   WHERE pg_has_role(session_user, r.oid, 'MEMBER'))
$$;

-- Who works at a hub's or the control room's desk, for whomever calls; and the workers, who do what is due.
CREATE FUNCTION at_desk() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.i_am('coordinator', 'clinician', 'supervisor', 'system')
$$;

-- Who works with patients: the others see what has no referral.
CREATE FUNCTION sees_patients() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.i_am('coordinator', 'clinician', 'supervisor', 'practitioner', 'auditor', 'system')
$$;

CREATE FUNCTION my_practitioner() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT id FROM public.practitioner WHERE staff_id = public.my_staff() AND is_active
$$;

-- Whether this very transaction has taken a referral in: whoever takes one in for another hub leaves its first task and
-- step there too, and sees it no more.
CREATE FUNCTION is_taken_in_now(p_referral bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM public.referral WHERE id = p_referral AND xmin = pg_current_xact_id_if_assigned()::xid)
$$;

-- Two referrals for one verified NHS number wait for each other. The lock's own functions are nobody's: they could hold
-- up anybody.
CREATE FUNCTION hold_nhs_number(p_number text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_advisory_xact_lock(hashtextextended(p_number, 0))
$$;

-- The audit names the person whose login it was. What a session says of itself counts only where there are no logins of
-- persons: on an open database.
CREATE FUNCTION acting_id() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN public.is_trusted() THEN nullif(current_setting('doorstep.actor_id', true), '')::bigint
         ELSE public.my_staff() END
$$;
CREATE FUNCTION acting_name() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN public.is_trusted() THEN nullif(current_setting('doorstep.actor_name', true), '')
         ELSE (SELECT name FROM public.staff WHERE id = public.my_staff()) END
$$;
CREATE FUNCTION acting_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT said FROM (SELECT nullif(current_setting('doorstep.actor_role', true), '') AS said) _
   WHERE public.i_am(said)
$$;
ALTER TABLE audit_log
  ALTER COLUMN actor_id SET DEFAULT acting_id(),
  ALTER COLUMN actor_name SET DEFAULT acting_name(),
  ALTER COLUMN actor_role SET DEFAULT acting_role();
