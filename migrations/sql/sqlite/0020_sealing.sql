-- Blocks of audit lines, each with a hash over its lines and the hash of the block before it. Block n covers every number
-- from first_id to last_id, and begins where block n - 1 ends.
CREATE TABLE audit_block (
  number INTEGER PRIMARY KEY,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  sealed_at TEXT NOT NULL
) ;;
CREATE TRIGGER audit_block_no_update BEFORE UPDATE ON audit_block
BEGIN SELECT RAISE(ABORT, 'audit_block is append-only'); END ;;
CREATE TRIGGER audit_block_no_delete BEFORE DELETE ON audit_block
BEGIN SELECT RAISE(ABORT, 'audit_block is append-only'); END ;;
CREATE TRIGGER audit_block_no_replace BEFORE INSERT ON audit_block
WHEN EXISTS (SELECT 1 FROM audit_block WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'audit_block is append-only'); END
