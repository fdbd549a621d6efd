-- What belongs to the database itself; a copy of it lacks this, so it may be run again.
DO $$
DECLARE
  here name := current_database();
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', here);  -- CONNECT, and TEMP: a place to plant functions
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO doorstep_staff, doorstep_worker, doorstep_migrator', here);
  EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', here);
  EXECUTE format('ALTER DATABASE %I SET statement_timeout = ''15s''', here);
  EXECUTE format('ALTER DATABASE %I SET lock_timeout = ''3s''', here);
  EXECUTE format('ALTER DATABASE %I SET idle_in_transaction_session_timeout = ''20s''', here);
  EXECUTE format('ALTER DATABASE %I SET temp_file_limit = ''256MB''', here);
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO doorstep_staff, doorstep_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE doorstep_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Whatever PostgreSQL gives to everybody and nobody here needs: large objects are files, locks hold others up, a function
-- of one's own runs with the rights of whoever is led to call it.
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN
    SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
       AND (proname ~ '^lo_' OR proname IN ('loread', 'lowrite', 'pg_notify', 'pg_read_file', 'pg_ls_dir', 'pg_sleep',
            'pg_sleep_for', 'pg_sleep_until', 'query_to_xml', 'database_to_xml', 'schema_to_xml', 'table_to_xml')
         OR proname ~ '^pg_(try_)?advisory_')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO doorstep_owner', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION pg_try_advisory_xact_lock(bigint) TO doorstep_worker;
REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql, sql TO doorstep_owner, doorstep_people;

-- A database that was open until now: everything in it goes to the owner, and nothing stays everybody's.
DO $$
DECLARE o record;
BEGIN
  FOR o IN SELECT oid::regclass AS name FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm')
              AND relowner <> 'doorstep_owner'::regrole LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO doorstep_owner', o.name);
  END LOOP;
  FOR o IN SELECT oid::regprocedure AS name FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND proowner <> 'doorstep_owner'::regrole LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO doorstep_owner', o.name);
  END LOOP;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
