-- Blocks hold hashes and numbers alone: whoever works here may read them. The mark is nobody's but the sealing function's.
ALTER TABLE audit_block ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_mark ENABLE ROW LEVEL SECURITY;
CREATE POLICY service_read ON audit_block FOR SELECT USING ((SELECT is_here()));
