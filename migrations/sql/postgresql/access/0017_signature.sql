-- A time of signing without a name would be a signature too: only who may sign writes one, or puts back what they
-- replaced a moment ago.
CREATE OR REPLACE FUNCTION guard_signature() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text;
  was text;
  is_now text;
BEGIN
  IF public.is_trusted() OR public.i_am('clinician', 'practitioner') THEN RETURN NEW; END IF;
  FOREACH name IN ARRAY ARRAY['signed_by_id', 'signed_at'] LOOP
    is_now := to_jsonb(NEW) ->> name;
    was := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) ->> name END;
    IF is_now IS NOT NULL AND is_now IS DISTINCT FROM was
       AND NOT public.i_replaced(TG_TABLE_NAME, NEW.id, name, is_now) THEN
      RAISE EXCEPTION 'A report is signed by the clinician of the contact.' USING ERRCODE = 'DS001';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
