COMMENT ON COLUMN report.released_version IS 'The version that the supervisor let go without a signature; a later one is not released.';
