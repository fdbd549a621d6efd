-- Who changed what. Written by triggers only, so that no program can forget it or go round it.
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
  login TEXT NOT NULL,
  actor_id INTEGER,
  actor_name TEXT,
  actor_role TEXT,
  device TEXT,
  made_by TEXT,
  tbl TEXT NOT NULL,
  op TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  hub_id INTEGER,
  referral_id INTEGER,
  patient_id INTEGER,
  old TEXT,
  new TEXT
) ;;
CREATE INDEX ix_audit_log_row ON audit_log (tbl, row_id) ;;

-- What changed where: which rows a console reads again. It holds no patient's data.
CREATE TABLE change_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
  tbl TEXT NOT NULL,
  op TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  hub_id INTEGER,
  referral_id INTEGER,
  patient_id INTEGER,
  practitioner_id INTEGER,
  version INTEGER
) ;;

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END ;;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END ;;
-- REPLACE deletes without a delete trigger on a connection that has not asked for one.
CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log
WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END ;;
CREATE TRIGGER record_opening_no_update BEFORE UPDATE ON record_opening
BEGIN SELECT RAISE(ABORT, 'record_opening is append-only'); END ;;
CREATE TRIGGER record_opening_no_delete BEFORE DELETE ON record_opening
BEGIN SELECT RAISE(ABORT, 'record_opening is append-only'); END ;;
CREATE TRIGGER record_opening_no_replace BEFORE INSERT ON record_opening
WHEN EXISTS (SELECT 1 FROM record_opening WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record_opening is append-only'); END
