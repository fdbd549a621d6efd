-- What another program could write with a person's login, and the console never does.

-- What somebody else has changed since is not taken back.
CREATE OR REPLACE FUNCTION take_back(p_tbl text, p_row bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  everywhere CONSTANT boolean := public.is_trusted();
  hubs CONSTANT bigint[] := public.my_hubs();
  gone bigint;
BEGIN
  IF NOT everywhere AND EXISTS (SELECT FROM public.audit_log
       WHERE tbl = p_tbl AND row_id = p_row AND op = 'U' AND login <> session_user) THEN
    RAISE EXCEPTION 'Something has changed since: enter what happened since.' USING ERRCODE = 'DS001';
  END IF;
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

-- A step takes back a step of one's own only: the timeline strikes out whatever it names.
CREATE FUNCTION is_my_step(p_step bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me CONSTANT bigint := public.my_staff();
BEGIN
  RETURN EXISTS (SELECT FROM public.step WHERE id = p_step AND by_id = me);
END $$;
REVOKE EXECUTE ON FUNCTION is_my_step(bigint) FROM PUBLIC;
DROP POLICY own_insert ON step;
CREATE POLICY own_insert ON step FOR INSERT WITH CHECK (
  by_id = (SELECT my_staff()) AND i_am(role) AND (undoes_id IS NULL OR is_my_step(undoes_id))
  AND (is_taken_in_now(referral_id)
    OR ((hub_id IS NULL OR hub_id = ANY ((SELECT my_hubs())::bigint[]))
      AND (referral_id IS NULL OR is_in_sight(referral_id)))));

-- A referral comes in as it was received, or with the priority that its sender stated; what a clinician decides comes after.
CREATE FUNCTION guard_new_referral() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.status NOT IN ('received', 'triaged') OR NEW.triaged_by_id IS NOT NULL OR NEW.downgraded_at IS NOT NULL
      OR NEW.stood_down_by_id IS NOT NULL) AND NOT public.i_am('clinician') THEN
    RAISE EXCEPTION 'Only a duty clinician triages, declines or redirects a referral.' USING ERRCODE = 'DS001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guarded_new BEFORE INSERT ON referral FOR EACH ROW EXECUTE FUNCTION guard_new_referral();
