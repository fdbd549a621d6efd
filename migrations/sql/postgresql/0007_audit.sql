DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['chase', 'outgoing_message', 'snooze'] LOOP
    EXECUTE format('CREATE TRIGGER zz_audit AFTER INSERT OR UPDATE OR DELETE ON %I'
                   ' FOR EACH ROW EXECUTE FUNCTION write_audit(''id'')', t);
  END LOOP;
END $$;
