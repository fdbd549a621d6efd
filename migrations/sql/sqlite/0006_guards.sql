-- Which hubs may see a patient follows from the referrals; the referral's foreign key asks for the row.
CREATE TRIGGER patient_hub_kept_on_insert BEFORE INSERT ON referral
WHEN NOT EXISTS (SELECT 1 FROM patient_hub WHERE patient_id = NEW.patient_id AND hub_id = NEW.hub_id)
BEGIN INSERT INTO patient_hub (patient_id, hub_id) VALUES (NEW.patient_id, NEW.hub_id); END ;;
CREATE TRIGGER patient_hub_kept_on_update BEFORE UPDATE OF patient_id, hub_id ON referral
WHEN NOT EXISTS (SELECT 1 FROM patient_hub WHERE patient_id = NEW.patient_id AND hub_id = NEW.hub_id)
BEGIN INSERT INTO patient_hub (patient_id, hub_id) VALUES (NEW.patient_id, NEW.hub_id); END ;;

-- Nobody works two shifts at once. A shift that ended early is over; one that ended before it began never was.
CREATE VIEW shift_hours AS
  SELECT id, practitioner_id, starts_at, min(ends_at, coalesce(off_at, ends_at)) AS until
    FROM shift WHERE coalesce(off_at, ends_at) > starts_at ;;
CREATE TRIGGER shift_overlap_on_insert BEFORE INSERT ON shift
WHEN EXISTS (
  SELECT 1 FROM shift_hours s
   WHERE s.practitioner_id = NEW.practitioner_id AND s.id IS NOT NEW.id
     AND coalesce(NEW.off_at, NEW.ends_at) > NEW.starts_at
     AND s.starts_at < min(NEW.ends_at, coalesce(NEW.off_at, NEW.ends_at)) AND s.until > NEW.starts_at)
BEGIN SELECT RAISE(ABORT, 'shift_overlap'); END ;;
CREATE TRIGGER shift_overlap_on_update BEFORE UPDATE OF practitioner_id, starts_at, ends_at, off_at ON shift
WHEN EXISTS (
  SELECT 1 FROM shift_hours s
   WHERE s.practitioner_id = NEW.practitioner_id AND s.id <> NEW.id
     AND coalesce(NEW.off_at, NEW.ends_at) > NEW.starts_at
     AND s.starts_at < min(NEW.ends_at, coalesce(NEW.off_at, NEW.ends_at)) AND s.until > NEW.starts_at)
BEGIN SELECT RAISE(ABORT, 'shift_overlap'); END
