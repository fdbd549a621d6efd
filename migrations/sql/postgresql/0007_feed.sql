DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['chase', 'snooze'] LOOP
    EXECUTE format('CREATE TRIGGER zz_feed_new AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION feed_new()', t);
    EXECUTE format('CREATE TRIGGER zz_feed_changed AFTER UPDATE ON %I'
                   ' REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION feed_changed()', t);
    EXECUTE format('CREATE TRIGGER zz_feed_gone AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION feed_gone()', t);
  END LOOP;
END $$;
