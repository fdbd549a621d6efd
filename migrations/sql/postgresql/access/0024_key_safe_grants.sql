GRANT SELECT (id, patient_id, is_kept, changed_by_id, changed_at, version) ON key_safe
  TO doorstep_desk, doorstep_practitioner, doorstep_auditor, doorstep_worker;
GRANT EXECUTE ON FUNCTION request_key_safe(bigint, bigint, text, text, text, timestamptz), show_key_safe(bigint)
  TO doorstep_desk, doorstep_practitioner;
GRANT EXECUTE ON FUNCTION keep_key_safe(bigint, text, text, timestamptz)
  TO doorstep_desk, doorstep_practitioner, doorstep_worker;
