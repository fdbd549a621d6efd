-- Which hubs may see a patient follows from the referrals; the referral's foreign key asks for the row.
CREATE FUNCTION keep_patient_hub() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.patient_hub (patient_id, hub_id) VALUES (NEW.patient_id, NEW.hub_id) ON CONFLICT DO NOTHING;
  RETURN NEW;
END $$;
CREATE TRIGGER patient_hub_kept BEFORE INSERT OR UPDATE OF patient_id, hub_id ON referral
  FOR EACH ROW EXECUTE FUNCTION keep_patient_hub();

-- Nobody works two shifts at once. A shift that ended early is over; one that ended before it began never was.
-- The practitioner stands as a range of one, so that no extension is needed.
ALTER TABLE shift ADD CONSTRAINT ex_shift_overlap EXCLUDE USING gist (
  int8range(practitioner_id, practitioner_id, '[]') WITH &&,
  tstzrange(starts_at, greatest(starts_at, least(ends_at, off_at))) WITH &&
);
