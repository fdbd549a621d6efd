-- The audit, as before: of new rows it is written once a statement instead of once a row, and who acts is asked once for
-- it, however many rows there are. Like the lines themselves it is the trigger's word, not the session's.

-- What acting_id, acting_name and acting_role say, in one call.
CREATE FUNCTION acting(OUT id bigint, OUT name text, OUT role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  said CONSTANT text := nullif(current_setting('doorstep.actor_role', true), '');
BEGIN
  IF public.is_trusted() THEN
    id := nullif(current_setting('doorstep.actor_id', true), '')::bigint;
    name := nullif(current_setting('doorstep.actor_name', true), '');
    role := said;
    RETURN;
  END IF;
  id := public.my_staff();
  name := (SELECT s.name FROM public.staff s WHERE s.id = acting.id);
  IF said IS NOT NULL AND public.i_am(said) THEN role := said; END IF;
END
$$;

-- Where a line of the audit belongs. It becomes part of the statement that asks for it.
CREATE FUNCTION audit_place(p_tbl text, p_key text, p_row jsonb)
RETURNS TABLE (row_id bigint, hub_id bigint, referral_id bigint, patient_id bigint)
LANGUAGE sql IMMUTABLE AS $$
  SELECT (p_row ->> p_key)::bigint, (p_row ->> 'hub_id')::bigint,
         (CASE p_tbl WHEN 'referral' THEN p_row ->> 'id' ELSE p_row ->> 'referral_id' END)::bigint,
         (CASE p_tbl WHEN 'patient' THEN p_row ->> 'id' ELSE p_row ->> 'patient_id' END)::bigint
$$;

-- TG_ARGV: the column that is the row's id, then the columns whose values are never kept here.
CREATE FUNCTION audit_new() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.audit_log (actor_id, actor_name, actor_role, tbl, op, row_id, hub_id, referral_id, patient_id, new)
  SELECT who.id, who.name, who.role, TG_TABLE_NAME, 'I', place.*, r.whole
    FROM (SELECT to_jsonb(n) - TG_ARGV[1:] AS whole FROM new_rows n) r, public.acting() who,
         LATERAL public.audit_place(TG_TABLE_NAME, TG_ARGV[0], r.whole) place;
  RETURN NULL;
END $$;

-- Whatever is keyed by its id, and holds no bytes that should not become text first. A statement that changes rows would
-- have to put old and new ones together again, which takes longer than a call for each.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'chase', 'competence', 'contact', 'hub', 'hub_hours', 'marker', 'marker_acknowledgement', 'outcome',
    'outgoing_message', 'patient', 'practice', 'practitioner', 'queue_entry', 'referral', 'report', 'report_version',
    'setting', 'shift', 'snooze', 'staff', 'staff_role', 'step', 'task', 'visit'
  ] LOOP
    EXECUTE format('DROP TRIGGER zz_audit ON %I', t);
    EXECUTE format('CREATE TRIGGER zz_audit AFTER UPDATE OR DELETE ON %I'
                   ' FOR EACH ROW EXECUTE FUNCTION write_audit(''id'')', t);
    EXECUTE format('CREATE TRIGGER zz_audit_new AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION audit_new(''id'')', t);
  END LOOP;
END $$;

-- The rest goes on row by row, and asks once a row. The columns' own defaults stay, for lines of other functions.
CREATE OR REPLACE FUNCTION write_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  was jsonb;
  is_now jsonb;
  whole jsonb;
  hidden text[] := TG_ARGV[1:];
BEGIN
  IF TG_TABLE_NAME = 'received_message' THEN  -- up to 20 MB that need not become text first
    IF TG_OP <> 'INSERT' THEN OLD.body := NULL; END IF;
    IF TG_OP <> 'DELETE' THEN NEW.body := NULL; END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - hidden; END IF;
  IF TG_OP <> 'DELETE' THEN is_now := to_jsonb(NEW) - hidden; END IF;
  whole := coalesce(is_now, was);
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(k, was -> k), jsonb_object_agg(k, is_now -> k) INTO was, is_now
      FROM jsonb_object_keys(whole) k WHERE is_now -> k IS DISTINCT FROM was -> k;
    IF is_now IS NULL THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO public.audit_log (actor_id, actor_name, actor_role, tbl, op, row_id, hub_id, referral_id, patient_id, old,
                                new)
  SELECT who.id, who.name, who.role, TG_TABLE_NAME, left(TG_OP, 1), place.*, was, is_now
    FROM public.acting() who, LATERAL public.audit_place(TG_TABLE_NAME, TG_ARGV[0], whole) place;
  RETURN NULL;
END $$;

-- Openings are only ever added.
DROP TRIGGER zz_audit ON record_opening;
CREATE TRIGGER zz_audit_new AFTER INSERT ON record_opening REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_new('id');

-- The bell, as before, rung by the functions that write the lines: a function of SQL was opened anew for each statement.
CREATE OR REPLACE FUNCTION feed_new() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE hubs bigint[];
BEGIN
  WITH lines AS (
    INSERT INTO public.change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
    SELECT TG_TABLE_NAME, 'I', k.* FROM new_rows n, LATERAL public.feed_line(TG_TABLE_NAME, to_jsonb(n)) k
    RETURNING hub_id)
  SELECT array_agg(DISTINCT hub_id) INTO hubs FROM lines;
  PERFORM pg_notify('board_' || coalesce(hub::text, 'all'), '') FROM unnest(hubs) hub;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION feed_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE hubs bigint[];
BEGIN
  WITH lines AS (
    INSERT INTO public.change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
    SELECT TG_TABLE_NAME, 'D', k.* FROM old_rows o, LATERAL public.feed_line(TG_TABLE_NAME, to_jsonb(o)) k
    RETURNING hub_id)
  SELECT array_agg(DISTINCT hub_id) INTO hubs FROM lines;
  PERFORM pg_notify('board_' || coalesce(hub::text, 'all'), '') FROM unnest(hubs) hub;
  RETURN NULL;
END $$;

-- The plan of a join is made when few rows change, and takes time by the square of them. Many are told apart by what of the
-- old ones is not among the new ones.
CREATE OR REPLACE FUNCTION feed_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE hubs bigint[];
BEGIN
  IF (SELECT count(*) FROM new_rows) < 8 THEN
    WITH was AS (SELECT k.* FROM old_rows o, LATERAL public.feed_line(TG_TABLE_NAME, to_jsonb(o)) k),
    is_now AS (SELECT k.* FROM new_rows n, LATERAL public.feed_line(TG_TABLE_NAME, to_jsonb(n)) k),
    lines AS (
      INSERT INTO public.change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
      SELECT TG_TABLE_NAME, 'U', n.* FROM is_now n
      UNION ALL
      SELECT TG_TABLE_NAME, CASE WHEN o.hub_id IS DISTINCT FROM n.hub_id THEN 'D' ELSE 'U' END,
             o.row_id, o.hub_id, o.referral_id, o.patient_id, o.practitioner_id, n.version
        FROM was o JOIN is_now n USING (row_id)
       WHERE (o.hub_id, o.referral_id, o.patient_id, o.practitioner_id)
             IS DISTINCT FROM (n.hub_id, n.referral_id, n.patient_id, n.practitioner_id)
      RETURNING hub_id)
    SELECT array_agg(DISTINCT hub_id) INTO hubs FROM lines;
  ELSE
    WITH is_now AS MATERIALIZED (SELECT k.* FROM new_rows n, LATERAL public.feed_line(TG_TABLE_NAME, to_jsonb(n)) k),
    moved AS (
      SELECT k.row_id, k.hub_id, k.referral_id, k.patient_id, k.practitioner_id
        FROM old_rows o, LATERAL public.feed_line(TG_TABLE_NAME, to_jsonb(o)) k
      EXCEPT SELECT row_id, hub_id, referral_id, patient_id, practitioner_id FROM is_now),
    lines AS (
      INSERT INTO public.change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
      SELECT TG_TABLE_NAME, 'U', n.* FROM is_now n
      UNION ALL
      SELECT TG_TABLE_NAME, CASE WHEN o.hub_id IS DISTINCT FROM n.hub_id THEN 'D' ELSE 'U' END,
             o.row_id, o.hub_id, o.referral_id, o.patient_id, o.practitioner_id, n.version
        FROM moved o JOIN is_now n USING (row_id)
      RETURNING hub_id)
    SELECT array_agg(DISTINCT hub_id) INTO hubs FROM lines;
  END IF;
  PERFORM pg_notify('board_' || coalesce(hub::text, 'all'), '') FROM unnest(hubs) hub;
  RETURN NULL;
END $$;
DROP FUNCTION ring(bigint[]);
