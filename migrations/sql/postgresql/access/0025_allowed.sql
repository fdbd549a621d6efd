-- Three things that roles may do and the database kept from them.

-- A crew's take-over ends what nobody triaged as redirected, too: whoever records it is no clinician.
CREATE OR REPLACE FUNCTION guard_referral() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF public.is_trusted() OR public.i_am('clinician', 'system') THEN RETURN NEW; END IF;
  IF NEW.priority > OLD.priority AND NOT public.i_replaced('referral', NEW.id, 'priority', NEW.priority::text)
     OR OLD.priority IS NOT NULL AND NEW.priority IS NULL THEN
    RAISE EXCEPTION 'Only a duty clinician lowers a priority.' USING ERRCODE = 'DS001';
  END IF;
  IF NEW.ambulance_taken_over_at IS NULL AND (
       OLD.status = 'received' AND NEW.status IN ('triaged', 'accepted')
       OR NEW.status = 'redirected' AND OLD.status <> NEW.status AND NOT EXISTS (
         SELECT FROM public.queue_entry WHERE referral_id = NEW.id AND status = 'taken_over'))
     OR NEW.status = 'declined' AND OLD.status <> NEW.status THEN
    RAISE EXCEPTION 'Only a duty clinician triages, declines or redirects a referral.' USING ERRCODE = 'DS001';
  END IF;
  IF OLD.stood_down_by_id IS NULL AND NEW.stood_down_by_id IS NOT NULL THEN
    RAISE EXCEPTION 'Only a duty clinician stands an ambulance down.' USING ERRCODE = 'DS001';
  END IF;
  IF NOT public.at_desk() AND (NEW.status, NEW.seen_at, NEW.closed_at) IS DISTINCT FROM
     (OLD.status, OLD.seen_at, OLD.closed_at) AND NOT EXISTS (
       SELECT FROM public.visit WHERE referral_id = NEW.id AND practitioner_id = public.my_practitioner()
       UNION ALL
       SELECT FROM public.queue_entry WHERE referral_id = NEW.id AND practitioner_id = public.my_practitioner()) THEN
    RAISE EXCEPTION 'This is another practitioner''s: ask the hub coordinator to change it.' USING ERRCODE = 'DS001';
  END IF;
  RETURN NEW;
END $$;

-- Whoever may not read referrals writes steps that are about none: a policy that reads a table asks for the right to it.
CREATE FUNCTION is_in_sight(p_referral bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  hubs CONSTANT bigint[] := public.my_hubs();
BEGIN
  RETURN public.sees_patients() AND EXISTS (
    SELECT FROM public.referral r WHERE r.id = p_referral AND r.hub_id = ANY (hubs));
END $$;
REVOKE EXECUTE ON FUNCTION is_in_sight(bigint) FROM PUBLIC;
DROP POLICY own_insert ON step;
CREATE POLICY own_insert ON step FOR INSERT WITH CHECK (
  by_id = (SELECT my_staff()) AND i_am(role) AND (is_taken_in_now(referral_id)
    OR ((hub_id IS NULL OR hub_id = ANY ((SELECT my_hubs())::bigint[]))
      AND (referral_id IS NULL OR is_in_sight(referral_id)))));
