-- That a code was entered or changed, by whom and when; never the code, nor where the safe hangs.
CREATE TRIGGER zz_audit AFTER INSERT OR UPDATE OR DELETE ON key_safe
  FOR EACH ROW EXECUTE FUNCTION write_audit('id', 'code', 'place');
