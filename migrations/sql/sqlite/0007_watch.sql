-- Whatever may move a clock of a ladder lets its subject be looked at now: a moment long past is due at once.
CREATE TRIGGER zz_watch_referral_insert AFTER INSERT ON referral
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'referral', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_referral_update AFTER UPDATE ON referral
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'referral', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_visit_insert AFTER INSERT ON visit
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'visit', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_visit_update AFTER UPDATE ON visit
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'visit', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_shift_insert AFTER INSERT ON shift
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'shift', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_shift_update AFTER UPDATE ON shift
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'shift', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_report_insert AFTER INSERT ON report
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'report', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_report_update AFTER UPDATE ON report
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'report', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_hub_insert AFTER INSERT ON hub
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'hub', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_hub_update AFTER UPDATE ON hub
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'hub', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_contact_insert AFTER INSERT ON contact
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'referral', NEW.referral_id, '2000-01-01 00:00:00.000000' WHERE NEW.referral_id IS NOT NULL;
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'report', NEW.report_id, '2000-01-01 00:00:00.000000' WHERE NEW.report_id IS NOT NULL;
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'practice', NEW.practice_id, '2000-01-01 00:00:00.000000' WHERE NEW.practice_id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_contact_update AFTER UPDATE ON contact
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'referral', NEW.referral_id, '2000-01-01 00:00:00.000000' WHERE NEW.referral_id IS NOT NULL;
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'report', NEW.report_id, '2000-01-01 00:00:00.000000' WHERE NEW.report_id IS NOT NULL;
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'practice', NEW.practice_id, '2000-01-01 00:00:00.000000' WHERE NEW.practice_id IS NOT NULL;
END ;;
-- A report that was sent or answered changes what its practice is called about.
CREATE TRIGGER zz_watch_practice_insert AFTER INSERT ON report
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'practice', NEW.practice_id, '2000-01-01 00:00:00.000000' WHERE NEW.practice_id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_practice_update AFTER UPDATE OF status, practice_id ON report
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'practice', NEW.practice_id, '2000-01-01 00:00:00.000000' WHERE NEW.practice_id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_snooze_insert AFTER INSERT ON snooze
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT NEW.subject_kind, NEW.subject_id, '2000-01-01 00:00:00.000000' WHERE NEW.subject_id IS NOT NULL;
END ;;
CREATE TRIGGER zz_watch_snooze_update AFTER UPDATE ON snooze
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT NEW.subject_kind, NEW.subject_id, '2000-01-01 00:00:00.000000' WHERE NEW.subject_id IS NOT NULL;
END ;;
-- A task's acceptance runs out; what was asked about a subject and is done may have to be asked again.
CREATE TRIGGER zz_watch_task_update AFTER UPDATE OF accepted_at, done_at ON task
BEGIN
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT 'task', NEW.id, '2000-01-01 00:00:00.000000' WHERE NEW.id IS NOT NULL;
  INSERT INTO watch (subject_kind, subject_id, next_at)
    SELECT substr(NEW.subject, 1, instr(NEW.subject, ':') - 1),
           CAST(substr(NEW.subject, instr(NEW.subject, ':') + 1) AS INTEGER), '2000-01-01 00:00:00.000000'
     WHERE substr(NEW.subject, 1, instr(NEW.subject, ':') - 1)
           IN ('referral', 'visit', 'shift', 'report', 'practice', 'hub')
       AND substr(NEW.subject, instr(NEW.subject, ':') + 1) NOT GLOB '*[^0-9]*';
END ;;

-- What stands in the database already is looked at once.
INSERT INTO watch (subject_kind, subject_id, next_at)
  SELECT 'referral', id, '2000-01-01 00:00:00.000000' FROM referral WHERE status IN ('received', 'triaged', 'accepted') ;;
INSERT INTO watch (subject_kind, subject_id, next_at)
  SELECT 'visit', id, '2000-01-01 00:00:00.000000' FROM visit WHERE status IN ('allocated', 'acknowledged', 'en_route', 'on_scene') ;;
INSERT INTO watch (subject_kind, subject_id, next_at)
  SELECT 'shift', id, '2000-01-01 00:00:00.000000' FROM shift WHERE off_at IS NULL ;;
INSERT INTO watch (subject_kind, subject_id, next_at)
  SELECT 'report', id, '2000-01-01 00:00:00.000000' FROM report WHERE status <> 'accepted' ;;
INSERT INTO watch (subject_kind, subject_id, next_at)
  SELECT 'practice', practice_id, '2000-01-01 00:00:00.000000' FROM report WHERE status <> 'accepted' AND practice_id IS NOT NULL GROUP BY practice_id ;;
INSERT INTO watch (subject_kind, subject_id, next_at)
  SELECT 'hub', id, '2000-01-01 00:00:00.000000' FROM hub ;;
INSERT INTO watch (subject_kind, subject_id, next_at)
  SELECT 'task', id, '2000-01-01 00:00:00.000000' FROM task WHERE accepted_at IS NOT NULL AND done_at IS NULL
