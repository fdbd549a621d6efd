-- Whatever may move a clock of a ladder lets its subject be looked at now: a moment long past is due at once.
CREATE FUNCTION look_at(p_kind text, p_id bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO public.watch (subject_kind, subject_id, next_at)
  SELECT p_kind, p_id, '2000-01-01 00:00+00' WHERE p_id IS NOT NULL
$$;

CREATE FUNCTION watch_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.look_at(TG_TABLE_NAME, NEW.id);
  RETURN NULL;
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['referral', 'visit', 'shift', 'report', 'hub'] LOOP
    EXECUTE format('CREATE TRIGGER zz_watch AFTER INSERT OR UPDATE ON %I'
                   ' FOR EACH ROW EXECUTE FUNCTION watch_row()', t);
  END LOOP;
END $$;

CREATE FUNCTION watch_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.look_at('referral', NEW.referral_id);
  PERFORM public.look_at('report', NEW.report_id);
  PERFORM public.look_at('practice', NEW.practice_id);
  RETURN NULL;
END $$;
CREATE TRIGGER zz_watch AFTER INSERT OR UPDATE ON contact FOR EACH ROW EXECUTE FUNCTION watch_contact();

-- A report that was sent or answered changes what its practice is called about.
CREATE FUNCTION watch_practice_of() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.look_at('practice', NEW.practice_id);
  RETURN NULL;
END $$;
CREATE TRIGGER zz_watch_practice AFTER INSERT OR UPDATE OF status, practice_id ON report
  FOR EACH ROW EXECUTE FUNCTION watch_practice_of();

CREATE FUNCTION watch_snooze() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.look_at(NEW.subject_kind, NEW.subject_id);
  RETURN NULL;
END $$;
CREATE TRIGGER zz_watch AFTER INSERT OR UPDATE ON snooze FOR EACH ROW EXECUTE FUNCTION watch_snooze();

-- A task's acceptance runs out; what was asked about a subject and is done may have to be asked again.
CREATE FUNCTION watch_task() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.look_at('task', NEW.id);
  IF NEW.subject ~ '^(referral|visit|shift|report|practice|hub):[0-9]+$' THEN
    PERFORM public.look_at(split_part(NEW.subject, ':', 1), split_part(NEW.subject, ':', 2)::bigint);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_watch AFTER UPDATE OF accepted_at, done_at ON task FOR EACH ROW EXECUTE FUNCTION watch_task();

-- What stands in the database already is looked at once.
SELECT look_at('referral', id) FROM referral WHERE status IN ('received', 'triaged', 'accepted');
SELECT look_at('visit', id) FROM visit WHERE status IN ('allocated', 'acknowledged', 'en_route', 'on_scene');
SELECT look_at('shift', id) FROM shift WHERE off_at IS NULL;
SELECT look_at('report', id) FROM report WHERE status <> 'accepted';
SELECT look_at('practice', practice_id) FROM report WHERE status <> 'accepted' GROUP BY practice_id;
SELECT look_at('hub', id) FROM hub;
SELECT look_at('task', id) FROM task WHERE accepted_at IS NOT NULL AND done_at IS NULL;
