-- A change lets its subject be looked at at once, and now says since when.
CREATE TRIGGER zz_asked_watch AFTER INSERT ON watch
  WHEN NEW.asked_at IS NULL AND NEW.next_at = '2000-01-01 00:00:00.000000'
BEGIN
  UPDATE watch SET asked_at = strftime('%Y-%m-%d %H:%M:%f', 'now') || '000' WHERE id = NEW.id;
END ;;
