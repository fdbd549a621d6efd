-- A report that nobody has signed goes because the supervisor says so: in their own name, and of what stands in it now.
CREATE FUNCTION guard_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF public.is_trusted() THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.released_version IS NOT NULL THEN
      RAISE EXCEPTION 'A report is written first, and released then.' USING ERRCODE = 'DS001';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.released_version, NEW.released_by_id, NEW.released_at, NEW.released_because) IS NOT DISTINCT FROM
     (OLD.released_version, OLD.released_by_id, OLD.released_at, OLD.released_because) THEN
    RETURN NEW;
  END IF;
  IF NOT public.i_am('supervisor') THEN
    RAISE EXCEPTION 'Only the supervisor releases a report that is not signed.' USING ERRCODE = 'DS001';
  END IF;
  -- What one replaced a moment ago may be put back: that is undo.
  IF NEW.released_version IS NOT NULL
     AND NOT public.i_replaced('report', NEW.id, 'released_version', NEW.released_version::text)
     AND (NEW.status <> 'drafted' OR NEW.signed_at IS NOT NULL OR NEW.released_version <> NEW.content_version
          OR btrim(NEW.released_because) = '') THEN
    RAISE EXCEPTION 'Only a draft that nobody has signed is released, with a reason.' USING ERRCODE = 'DS001';
  END IF;
  IF OLD.released_version IS NOT NULL AND OLD.released_version = OLD.content_version AND OLD.signed_at IS NULL
     AND OLD.sent_at IS NOT NULL THEN
    RAISE EXCEPTION 'The report was sent as it was released: its release stays.' USING ERRCODE = 'DS001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guarded_release BEFORE INSERT OR UPDATE ON report FOR EACH ROW EXECUTE FUNCTION guard_release();
CREATE TRIGGER own_release BEFORE INSERT OR UPDATE ON report FOR EACH ROW EXECUTE FUNCTION
  require_own_name('released_by_id');
