-- Who opened which record is part of the audit, and so of its chain.
CREATE TRIGGER zz_audit AFTER INSERT ON record_opening FOR EACH ROW EXECUTE FUNCTION write_audit('id');
