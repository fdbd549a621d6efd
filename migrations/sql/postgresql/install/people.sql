-- The only way to a login: four functions that know which roles there are, and touch no login but those they made. An
-- administrator reaches them through the staff_ functions of the owner; neither can do it alone.
CREATE SCHEMA IF NOT EXISTS people AUTHORIZATION doorstep_people;
REVOKE ALL ON SCHEMA people FROM PUBLIC;
GRANT USAGE ON SCHEMA people TO doorstep_owner;

-- An administrator asks, and the login is one of ours: marked, with nothing but roles of persons.
CREATE OR REPLACE FUNCTION people.require_ours(p_login name) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT pg_has_role(session_user, 'doorstep_administrator', 'MEMBER') THEN
    RAISE EXCEPTION 'Only an administrator changes people.' USING ERRCODE = 'DS001';
  END IF;
  IF p_login !~ '^[a-z][a-z0-9._@-]{0,62}$' OR p_login ~ '^(pg_|doorstep|public$|none$)' THEN
    RAISE EXCEPTION 'A login begins with a small letter and holds small letters, digits, dots and dashes, such as jo.bates.'
      USING ERRCODE = 'DS001';
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = p_login) AND (
       NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
                    WHERE r.rolname = p_login AND m.roleid = 'doorstep_person'::regrole)
       OR EXISTS (SELECT FROM pg_roles WHERE rolname = p_login
            AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls))
       OR EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member JOIN pg_roles g ON g.oid = m.roleid
            WHERE r.rolname = p_login AND g.rolname NOT IN ('doorstep_person', 'doorstep_coordinator',
              'doorstep_clinician', 'doorstep_supervisor', 'doorstep_practitioner', 'doorstep_service_manager',
              'doorstep_administrator', 'doorstep_auditor'))) THEN
    RAISE EXCEPTION 'This login was not made by Doorstep: choose another, or ask whoever looks after the server.'
      USING ERRCODE = 'DS001';
  END IF;
END $$;

-- Without a verifier there is no password: the person comes in by Kerberos, LDAP or a certificate.
CREATE OR REPLACE FUNCTION people.make_login(p_login name, p_verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM people.require_ours(p_login);
  IF p_verifier !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{16,}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$' THEN
    RAISE EXCEPTION 'A password comes here as its SCRAM verifier only.' USING ERRCODE = 'DS001';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = p_login) THEN
    EXECUTE format('CREATE ROLE %I NOLOGIN CONNECTION LIMIT 20 IN ROLE doorstep_person', p_login);
  END IF;
  EXECUTE format('ALTER ROLE %I LOGIN', p_login);
  IF p_verifier IS NOT NULL THEN
    EXECUTE format('ALTER ROLE %I PASSWORD %L', p_login, p_verifier);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION people.set_roles(p_login name, p_roles text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  word text;
BEGIN
  PERFORM people.require_ours(p_login);
  FOREACH word IN ARRAY ARRAY['coordinator', 'clinician', 'supervisor', 'practitioner', 'service_manager',
                              'administrator', 'auditor'] LOOP
    IF word = ANY (p_roles) THEN
      EXECUTE format('GRANT %I TO %I', 'doorstep_' || word, p_login);
    ELSIF EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member JOIN pg_roles g ON g.oid = m.roleid
                   WHERE r.rolname = p_login AND g.rolname = 'doorstep_' || word) THEN
      EXECUTE format('REVOKE %I FROM %I', 'doorstep_' || word, p_login);
    END IF;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION people.lock_login(p_login name) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM people.set_roles(p_login, '{}');
  EXECUTE format('ALTER ROLE %I NOLOGIN', p_login);
END $$;

-- After the lock is committed: else a console is back before it holds.
CREATE OR REPLACE FUNCTION people.end_sessions(p_login name) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM people.require_ours(p_login);
  IF p_login = session_user OR (SELECT rolcanlogin FROM pg_roles WHERE rolname = p_login) THEN
    RAISE EXCEPTION 'Only the sessions of a person who was disabled are ended.' USING ERRCODE = 'DS001';
  END IF;
  RETURN (SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = p_login);
END $$;

DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'people'::regnamespace LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO doorstep_people', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO doorstep_owner', f);
  END LOOP;
END $$;
