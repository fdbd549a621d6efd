-- Blocks of audit lines, each with a hash over its lines and the hash of the block before it. Block n covers every number
-- from first_id to last_id, and begins where block n - 1 ends; numbers that a transaction took and gave up are nowhere.
CREATE TABLE audit_block (
  number bigint PRIMARY KEY,
  first_id bigint NOT NULL,
  last_id bigint NOT NULL,
  lines bigint NOT NULL,
  previous text NOT NULL,
  hash text NOT NULL,
  sealed_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_block
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Up to where the audit is final. A transaction takes its own number before the numbers of its lines, so once every
-- transaction below before_xid is over, no line up to through_id can still appear. seen_id becomes the next through_id.
CREATE TABLE audit_mark (
  is_the_one boolean PRIMARY KEY DEFAULT true CHECK (is_the_one),
  through_id bigint NOT NULL DEFAULT 0,
  before_xid xid8,
  seen_id bigint,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO audit_mark DEFAULT VALUES;

-- A text with its length before it, so that no two rows of fields read the same. Without a search_path of its own it
-- becomes part of the statement that asks for it; only the function below does, whose path is pinned.
CREATE FUNCTION audit_field(p_value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(length(p_value) || ':' || p_value, '-')
$$;

-- Seals the next lines that are final, at most so many, and gives how many; nothing while somebody else is sealing.
-- db/audit_chain.py computes the same hashes in words of its own.
CREATE FUNCTION seal_audit(p_at_once bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own xid8 := pg_current_xact_id();
  mark public.audit_mark;
  block public.audit_block;
  line text;
  chained bytea;
BEGIN
  IF NOT (public.is_trusted() OR public.is_worker()) THEN
    RAISE EXCEPTION 'Only a worker seals the audit.' USING ERRCODE = 'DS001';
  END IF;
  IF NOT pg_try_advisory_xact_lock(6270914) THEN RETURN 0; END IF;
  INSERT INTO public.audit_mark DEFAULT VALUES ON CONFLICT DO NOTHING;  -- a training database is emptied now and then
  SELECT * INTO STRICT mark FROM public.audit_mark;
  SELECT * INTO block FROM public.audit_block ORDER BY number DESC LIMIT 1;
  block.number := coalesce(block.number, 0) + 1;
  block.first_id := coalesce(block.last_id, 0) + 1;
  block.previous := coalesce(block.hash, repeat('0', 64));
  block.lines := 0;
  -- A number that is still to come is another server's: this database was restored, and all that it brought is final.
  -- Whoever wrote the mark has committed, so here its number is below xmax, though it may be above our own.
  IF mark.before_xid <= pg_snapshot_xmin(pg_current_snapshot())
     OR mark.before_xid >= pg_snapshot_xmax(pg_current_snapshot()) THEN
    chained := sha256(convert_to(block.previous, 'UTF8'));
    FOR block.last_id, line IN
      SELECT l.id, public.audit_field(l.id::text)
          || public.audit_field(to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'))
          || public.audit_field(l.txid::text) || public.audit_field(l.login::text)
          || public.audit_field(l.actor_id::text) || public.audit_field(l.actor_name)
          || public.audit_field(l.actor_role) || public.audit_field(l.device) || public.audit_field(l.made_by)
          || public.audit_field(l.tbl) || public.audit_field(l.op::text) || public.audit_field(l.row_id::text)
          || public.audit_field(l.hub_id::text) || public.audit_field(l.referral_id::text)
          || public.audit_field(l.patient_id::text) || public.audit_field(l.old::text)
          || public.audit_field(l.new::text)
        FROM public.audit_log l
       WHERE l.id >= block.first_id AND l.id <= mark.through_id
       ORDER BY l.id LIMIT p_at_once
    LOOP
      chained := sha256(chained || convert_to(line, 'UTF8'));
      block.lines := block.lines + 1;
    END LOOP;
    IF block.lines > 0 THEN
      block.sealed_at := clock_timestamp();
      block.hash := encode(sha256(chained || convert_to(
        public.audit_field(block.number::text) || public.audit_field(block.first_id::text)
        || public.audit_field(block.last_id::text) || public.audit_field(block.lines::text)
        || public.audit_field(to_char(block.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')), 'UTF8')), 'hex');
      INSERT INTO public.audit_block VALUES (block.number, block.first_id, block.last_id, block.lines, block.previous,
        block.hash, block.sealed_at);
    END IF;
    IF block.lines = p_at_once THEN RETURN block.lines; END IF;  -- there may be more up to the same mark
    mark.before_xid := NULL;
  END IF;
  -- Whoever took a number up to seen_id had begun before it was read, so before this transaction did.
  IF mark.before_xid IS NULL THEN
    IF mark.seen_id IS NOT NULL AND transaction_timestamp() >= mark.at THEN
      mark.through_id := mark.seen_id;
      mark.before_xid := own;
    END IF;
    mark.seen_id := (SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM public.audit_log_id_seq);
    UPDATE public.audit_mark SET through_id = mark.through_id, before_xid = mark.before_xid, seen_id = mark.seen_id,
      at = clock_timestamp();
  END IF;
  RETURN block.lines;
END $$;

-- How many lines wait to be sealed, and since when: for those who may not read the lines.
CREATE FUNCTION audit_unsealed() RETURNS TABLE (waiting bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*), min(at) FROM public.audit_log
   WHERE id > (SELECT coalesce(max(last_id), 0) FROM public.audit_block)
$$;
