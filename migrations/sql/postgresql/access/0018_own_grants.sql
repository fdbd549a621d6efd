GRANT SELECT, INSERT ON arrangement, look TO doorstep_staff;
GRANT UPDATE (value, kept_at) ON arrangement TO doorstep_staff;
GRANT UPDATE (mark, seen_at) ON look TO doorstep_staff;
GRANT EXECUTE ON FUNCTION written_since(pg_snapshot, timestamptz, timestamptz, text[], bigint[], integer)
  TO doorstep_desk, doorstep_practitioner;
