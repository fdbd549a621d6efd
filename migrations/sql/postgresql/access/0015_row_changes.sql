-- What became of one row since somebody saw it, for whoever may see that row: so that two who edit the same are told
-- who changed which value. The audit itself is read by auditors only.
CREATE FUNCTION row_changes(p_tbl text, p_row_id bigint, p_version bigint)
RETURNS TABLE (at timestamptz, actor_id bigint, actor_name text, old jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.at, a.actor_id, a.actor_name, a.old
    FROM public.audit_log a
   WHERE a.tbl = p_tbl AND a.row_id = p_row_id AND a.op = 'U' AND (a.old ->> 'version')::bigint >= p_version
     AND (public.is_trusted() OR public.sees_patients() AND CASE p_tbl
       WHEN 'referral' THEN EXISTS (
         SELECT FROM public.referral r WHERE r.id = p_row_id AND r.hub_id = ANY (public.my_hubs()))
       WHEN 'report' THEN EXISTS (
         SELECT FROM public.report r WHERE r.id = p_row_id AND r.hub_id = ANY (public.my_hubs()))
       WHEN 'patient' THEN EXISTS (
         SELECT FROM public.patient_hub k WHERE k.patient_id = p_row_id AND k.hub_id = ANY (public.my_hubs()))
       ELSE false END)
   ORDER BY a.id
$$;
