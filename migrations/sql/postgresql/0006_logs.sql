-- Who changed what. Written by triggers only, so that no program can forget it or go round it.
CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  login name NOT NULL DEFAULT session_user,
  actor_id bigint DEFAULT nullif(current_setting('doorstep.actor_id', true), '')::bigint,
  actor_name text DEFAULT nullif(current_setting('doorstep.actor_name', true), ''),
  actor_role text DEFAULT nullif(current_setting('doorstep.actor_role', true), ''),
  device text DEFAULT nullif(current_setting('doorstep.device', true), ''),
  made_by text DEFAULT nullif(current_setting('doorstep.made_by', true), ''),
  tbl text NOT NULL,
  op char(1) NOT NULL,
  row_id bigint NOT NULL,
  hub_id bigint,
  referral_id bigint,
  patient_id bigint,
  old jsonb,
  new jsonb
);
CREATE INDEX ix_audit_log_row ON audit_log (tbl, row_id);
CREATE INDEX ix_audit_log_txid ON audit_log (txid, id);

-- What changed where: which rows a console reads again. It holds no patient's data.
CREATE TABLE change_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  tbl text NOT NULL,
  op char(1) NOT NULL,
  row_id bigint NOT NULL,
  hub_id bigint,
  referral_id bigint,
  patient_id bigint,
  practitioner_id bigint,
  version bigint
);
CREATE INDEX ix_change_log_txid ON change_log (txid);

-- Everything that became visible between an earlier snapshot and now; always at least one row, for the new cursor.
-- Ids would not do: a transaction that commits late has lower ids than one that committed before it. Numbers that are
-- still to come stand in the lines of another server's dump: without the upper bound they would be news at every look.
CREATE FUNCTION feed_since(p_last pg_snapshot)
RETURNS TABLE (cur pg_snapshot, id bigint, tbl text, op char(1), row_id bigint, hub_id bigint, referral_id bigint,
               patient_id bigint, practitioner_id bigint, version bigint)
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.cur, c.id, c.tbl, c.op, c.row_id, c.hub_id, c.referral_id, c.patient_id, c.practitioner_id, c.version
    FROM (SELECT pg_current_snapshot() AS cur) s
    LEFT JOIN public.change_log c
      ON c.txid >= pg_snapshot_xmin(p_last) AND c.txid < pg_snapshot_xmax(s.cur)
     AND NOT pg_visible_in_snapshot(c.txid, p_last)
   ORDER BY c.id
$$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON record_opening
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
