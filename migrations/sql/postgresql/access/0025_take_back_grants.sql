GRANT EXECUTE ON FUNCTION take_back(text, bigint) TO doorstep_desk, doorstep_practitioner, doorstep_service_manager;
GRANT EXECUTE ON FUNCTION give_lease_back(text), forget_leases(timestamptz, timestamptz)
  TO doorstep_desk, doorstep_practitioner;

GRANT EXECUTE ON FUNCTION is_in_sight(bigint) TO doorstep_staff, doorstep_worker;
-- Whoever receives a patient at a hub also receives one who was booked.
GRANT UPDATE (stream_due_at) ON queue_entry TO doorstep_practitioner;
