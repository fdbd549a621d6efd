-- The roles of the cluster, made by a superuser; may be run again. None of them can log in but the migrator, and that one
-- only when it is given a password.
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY[
    'doorstep_owner',          -- owns every object; nobody logs in as it
    'doorstep_people',         -- owns the few functions that make and end logins
    'doorstep_person',         -- marks the logins that those functions made; it has no rights
    'doorstep_staff',          -- what everybody may read
    'doorstep_desk',           -- what everybody at a desk may do
    'doorstep_coordinator', 'doorstep_clinician', 'doorstep_supervisor', 'doorstep_practitioner',
    'doorstep_service_manager', 'doorstep_administrator', 'doorstep_auditor',
    'doorstep_worker'          -- the processes without a window
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
      EXECUTE format('CREATE ROLE %I', r);
    END IF;
    EXECUTE format('ALTER ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT', r);
  END LOOP;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'doorstep_migrator') THEN
    CREATE ROLE doorstep_migrator LOGIN;
  END IF;
END $$;
GRANT doorstep_owner TO doorstep_migrator;
GRANT doorstep_staff TO doorstep_desk, doorstep_practitioner, doorstep_service_manager, doorstep_administrator,
  doorstep_auditor;
GRANT doorstep_desk TO doorstep_coordinator, doorstep_clinician, doorstep_supervisor;

-- It may give these roles and no others; it may end sessions, but none of a superuser.
ALTER ROLE doorstep_people CREATEROLE;
GRANT doorstep_person, doorstep_coordinator, doorstep_clinician, doorstep_supervisor, doorstep_practitioner,
  doorstep_service_manager, doorstep_administrator, doorstep_auditor TO doorstep_people WITH ADMIN OPTION;
GRANT pg_signal_backend TO doorstep_people;
