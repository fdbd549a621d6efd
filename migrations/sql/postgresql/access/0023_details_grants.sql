-- Of a patient a person's login reads what tells two people apart; where they live and how they are rung comes by
-- open_record alone. An opening is written by request_record alone.
REVOKE SELECT ON patient FROM doorstep_desk, doorstep_practitioner, doorstep_auditor;
GRANT SELECT (id, version, title, family_name, given_name, birth_date, gender, nhs_number, nhs_number_verified, practice_id,
  deceased_at) ON patient TO doorstep_desk, doorstep_practitioner, doorstep_auditor;
REVOKE INSERT ON record_opening FROM doorstep_desk, doorstep_practitioner, doorstep_auditor;
