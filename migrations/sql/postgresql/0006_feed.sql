-- One row as the change log keeps it. What stands on every hub's board has no hub here.
CREATE FUNCTION feed_line(p_tbl text, p_row jsonb)
RETURNS TABLE (row_id bigint, hub_id bigint, referral_id bigint, patient_id bigint, practitioner_id bigint,
               version bigint)
LANGUAGE sql IMMUTABLE AS $$
  SELECT (CASE p_tbl WHEN 'staff_hub' THEN p_row ->> 'staff_id' ELSE p_row ->> 'id' END)::bigint,
         CASE WHEN p_tbl IN ('hub', 'practice', 'staff_hub') THEN NULL ELSE (p_row ->> 'hub_id')::bigint END,
         (CASE p_tbl WHEN 'referral' THEN p_row ->> 'id' ELSE p_row ->> 'referral_id' END)::bigint,
         (CASE p_tbl WHEN 'patient' THEN p_row ->> 'id' ELSE p_row ->> 'patient_id' END)::bigint,
         (CASE p_tbl WHEN 'practitioner' THEN p_row ->> 'id' ELSE p_row ->> 'practitioner_id' END)::bigint,
         (p_row ->> 'version')::bigint
$$;

-- Once a statement. Equal rings of one transaction are one ring, and it carries nothing.
CREATE FUNCTION ring(p_hubs bigint[]) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_notify('board_' || coalesce(hub::text, 'all'), '') FROM unnest(p_hubs) hub
$$;

CREATE FUNCTION feed_new() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE hubs bigint[];
BEGIN
  WITH lines AS (
    INSERT INTO public.change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
    SELECT TG_TABLE_NAME, 'I', k.* FROM new_rows n, LATERAL public.feed_line(TG_TABLE_NAME, to_jsonb(n)) k
    RETURNING hub_id)
  SELECT array_agg(DISTINCT hub_id) INTO hubs FROM lines;
  PERFORM public.ring(hubs);
  RETURN NULL;
END $$;

CREATE FUNCTION feed_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE hubs bigint[];
BEGIN
  WITH lines AS (
    INSERT INTO public.change_log (tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id, version)
    SELECT TG_TABLE_NAME, 'D', k.* FROM old_rows o, LATERAL public.feed_line(TG_TABLE_NAME, to_jsonb(o)) k
    RETURNING hub_id)
  SELECT array_agg(DISTINCT hub_id) INTO hubs FROM lines;
  PERFORM public.ring(hubs);
  RETURN NULL;
END $$;

-- A row that changes hub vanishes from the old hub's board ('D'); one that changes patient, referral or
-- practitioner gives a second line, because both have to be read again.
CREATE FUNCTION feed_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE hubs bigint[];
BEGIN
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
  PERFORM public.ring(hubs);
  RETURN NULL;
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'chase', 'competence', 'contact', 'device', 'hub', 'hub_hours', 'marker', 'marker_acknowledgement', 'outcome',
    'patient', 'position', 'practice', 'practitioner', 'queue_entry', 'referral', 'report', 'report_version',
    'setting', 'shift', 'staff', 'staff_hub', 'staff_role', 'step', 'task', 'visit'
  ] LOOP
    EXECUTE format('CREATE TRIGGER zz_feed_new AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION feed_new()', t);
    EXECUTE format('CREATE TRIGGER zz_feed_changed AFTER UPDATE ON %I'
                   ' REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION feed_changed()', t);
    EXECUTE format('CREATE TRIGGER zz_feed_gone AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION feed_gone()', t);
  END LOOP;
END $$;
