-- Taking back is a function's: a right to delete is a right to lock the whole table. What it asks is what was asked before:
-- one's own row, of minutes ago (the trigger "undone" of each table), of one's own hub.
CREATE FUNCTION take_back(p_tbl text, p_row bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  everywhere CONSTANT boolean := public.is_trusted();
  hubs CONSTANT bigint[] := public.my_hubs();
  gone bigint;
BEGIN
  CASE p_tbl
    WHEN 'contact' THEN
      DELETE FROM public.contact WHERE id = p_row AND (everywhere OR hub_id = ANY (hubs)) RETURNING id INTO gone;
    WHEN 'marker_acknowledgement' THEN
      DELETE FROM public.marker_acknowledgement a WHERE id = p_row AND (everywhere OR EXISTS (
        SELECT FROM public.referral r WHERE r.id = a.referral_id AND r.hub_id = ANY (hubs))) RETURNING id INTO gone;
    WHEN 'outcome' THEN
      DELETE FROM public.outcome WHERE id = p_row AND (everywhere OR hub_id = ANY (hubs)) RETURNING id INTO gone;
    WHEN 'queue_entry' THEN
      DELETE FROM public.queue_entry WHERE id = p_row AND (everywhere OR hub_id = ANY (hubs)) RETURNING id INTO gone;
    WHEN 'report' THEN
      DELETE FROM public.report WHERE id = p_row AND (everywhere OR hub_id = ANY (hubs)) RETURNING id INTO gone;
    WHEN 'shift' THEN
      DELETE FROM public.shift WHERE id = p_row AND (everywhere OR hub_id = ANY (hubs)) RETURNING id INTO gone;
    WHEN 'task' THEN
      DELETE FROM public.task WHERE id = p_row AND (everywhere OR hub_id = ANY (hubs)) RETURNING id INTO gone;
    ELSE
      NULL;
  END CASE;
  IF gone IS NULL THEN
    RAISE EXCEPTION 'What was entered stays: only its author takes it back, within minutes.' USING ERRCODE = 'DS001';
  END IF;
END $$;

-- A lease goes with the console that has it, or once its console has been silent for long.
CREATE FUNCTION give_lease_back(p_console text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  everywhere CONSTANT boolean := public.is_trusted();
  me CONSTANT bigint := public.my_staff();
BEGIN
  DELETE FROM public.presence WHERE console = p_console AND (everywhere OR staff_id = me);
END $$;
CREATE FUNCTION forget_leases(p_silent_since timestamptz, p_told_since timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF public.is_trusted() OR public.is_here() THEN
    DELETE FROM public.presence
     WHERE renewed_at < least(p_silent_since, clock_timestamp() - interval '5 minutes')
       AND (taken_at IS NULL OR renewed_at < p_told_since);
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION take_back(text, bigint), give_lease_back(text), forget_leases(timestamptz, timestamptz)
  FROM PUBLIC;
