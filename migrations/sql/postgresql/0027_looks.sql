-- A change lets its subject be looked at at once, and now says since when: by the server's clock.
CREATE OR REPLACE FUNCTION look_at(p_kind text, p_id bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO public.watch (subject_kind, subject_id, next_at, asked_at)
  SELECT p_kind, p_id, '2000-01-01 00:00+00', clock_timestamp() WHERE p_id IS NOT NULL
$$;
