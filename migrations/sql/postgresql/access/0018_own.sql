-- What a person's own eye needs is that person's alone.
ALTER TABLE arrangement ENABLE ROW LEVEL SECURITY;
ALTER TABLE look ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON arrangement USING (staff_id = (SELECT my_staff())) WITH CHECK (staff_id = (SELECT my_staff()));
CREATE POLICY own ON look USING (staff_id = (SELECT my_staff())) WITH CHECK (staff_id = (SELECT my_staff()));

-- Who changed which rows since somebody looked. The audit itself is nobody's at a desk: this gives who, which row and
-- where it stood, never contents, and only of hubs that the person was given. Without a mark it goes by time. Numbers of
-- transactions that are still to come stand in the lines of another server's dump: hence the upper bound.
CREATE FUNCTION written_since(p_mark pg_snapshot, p_seen timestamptz, p_oldest timestamptz, p_tables text[],
                              p_hubs bigint[], p_most integer)
RETURNS TABLE (tbl text, op char(1), row_id bigint, actor_id bigint, actor_name text, hub_id bigint,
               referral_id bigint, hub_was bigint, was text, is_done boolean, number text, written_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.tbl, a.op, a.row_id, CASE WHEN a.actor_role = 'system' THEN NULL ELSE a.actor_id END, a.actor_name,
         a.hub_id, a.referral_id, (a.old ->> 'hub_id')::bigint, a.old ->> 'status',
         (a.new ->> 'done_at') IS NOT NULL, r.number, a.at
    FROM (SELECT CASE WHEN public.is_trusted() THEN p_hubs
                 ELSE ARRAY(SELECT unnest(p_hubs) INTERSECT SELECT unnest(public.my_hubs())) END AS ids) hubs,
         public.audit_log a LEFT JOIN public.referral r ON r.id = a.referral_id
   WHERE a.tbl = ANY (p_tables) AND a.tbl IN ('step', 'referral', 'queue_entry', 'report', 'task')
     AND a.at > p_oldest
     AND a.txid >= coalesce(pg_snapshot_xmin(p_mark), '0'::xid8) AND a.txid < pg_snapshot_xmax(pg_current_snapshot())
     AND CASE WHEN p_mark IS NULL THEN a.at > p_seen ELSE NOT pg_visible_in_snapshot(a.txid, p_mark) END
     AND (a.hub_id IS NULL AND (public.is_trusted() OR public.is_here())
          OR a.hub_id = ANY (hubs.ids) OR (a.old ->> 'hub_id')::bigint = ANY (hubs.ids))
   ORDER BY a.id DESC LIMIT p_most
$$;
REVOKE EXECUTE ON FUNCTION written_since(pg_snapshot, timestamptz, timestamptz, text[], bigint[], integer) FROM PUBLIC;
