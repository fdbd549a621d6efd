-- Which role may touch which table and column. Run on a secured database only, and again whenever it is installed:
-- every line may be repeated. Nobody has a right that does not stand here.

GRANT SELECT ON
  alembic_version, change_log, competence, hub, hub_hours, map_pack, position, practice, practitioner, setting, shift,
  staff, staff_hub, staff_role, training, worker_heartbeat
  TO doorstep_staff;
GRANT EXECUTE ON FUNCTION
  is_trusted(), is_worker(), is_here(), my_staff(), my_hubs(), my_practitioner(), i_am(text[]), at_desk(), sees_patients(),
  is_taken_in_now(bigint), feed_since(pg_snapshot)
  TO doorstep_staff, doorstep_worker;

-- ---------------------------------------------------------------- who works with patients
GRANT SELECT ON
  chase, contact, marker, marker_acknowledgement, outcome, patient, patient_hub, queue_entry, record_opening, referral,
  report, report_version, snooze, step, task, visit
  TO doorstep_desk, doorstep_practitioner, doorstep_auditor;
GRANT INSERT ON record_opening TO doorstep_desk, doorstep_practitioner, doorstep_auditor;
GRANT SELECT ON step TO doorstep_service_manager;

-- What both a desk and a practitioner write.
GRANT INSERT ON contact, marker, marker_acknowledgement, outcome, position, queue_entry, report, report_version, step, task
  TO doorstep_desk, doorstep_practitioner;
GRANT DELETE ON contact, marker_acknowledgement, outcome, queue_entry, report, task
  TO doorstep_desk, doorstep_practitioner;
GRANT USAGE ON SEQUENCE task_id_seq TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (status, acknowledged_at, en_route_at, on_scene_at, clear_at, ended_at, ended_because, expected_clear_at,
  version) ON visit TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (status, arrived_at, called_at, being_seen_at, seen_at, ended_at, ended_because, practitioner_id, version)
  ON queue_entry TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (kind, disposition, practitioner_id, ended_at, admission_prevented, prevented_judged_by, prevented_because,
  version) ON outcome TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (practice_id, status, due_at, latest_at, content_version, author_id, signed_by_id, signed_at, sent_by_id,
  sent_at, sent_by_channel, delivered_at, accepted_at, accepted_by, last_result, version)
  ON report TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (signed_by_id, signed_at) ON report_version TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (hub_id, report_id, words, due_at, accepted_by_id, accepted_at, done_by_id, done_at, result, version)
  ON task TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (state, ended_at, result, version) ON chase TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (phone, deceased_at, version) ON patient TO doorstep_desk, doorstep_practitioner;
-- A right to one column is a right to lock the row: who is sent is decided one after the other.
GRANT UPDATE (version) ON practitioner, hub TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (ended_at, ended_by_id, version) ON marker TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (status, due_at, due_clock, response_due_at, seen_at, record_access, record_access_at, record_access_by_id,
  asks_ambulance, ambulance_reference, ambulance_accepted_by, ambulance_accepted_at, ambulance_taken_over_at,
  stood_down_by_id, worse_at, acknowledgement_owed, failed_contact_at, closed_at, closed_because, version)
  ON referral TO doorstep_desk, doorstep_practitioner;

GRANT SELECT, INSERT, DELETE ON presence TO doorstep_desk, doorstep_practitioner;
GRANT UPDATE (referral_id, is_editing, since, renewed_at, taken_by_id, taken_at)
  ON presence TO doorstep_desk, doorstep_practitioner;

-- ---------------------------------------------------------------- a desk besides
GRANT SELECT ON outgoing_message TO doorstep_desk;
GRANT INSERT ON patient, referral, shift, snooze, visit TO doorstep_desk;
GRANT DELETE ON shift, snooze TO doorstep_desk;
GRANT USAGE ON SEQUENCE patient_id_seq, referral_id_seq TO doorstep_desk;
GRANT EXECUTE ON FUNCTION hold_nhs_number(text) TO doorstep_desk, doorstep_worker;
GRANT UPDATE (hub_id, problem, narrative, priority, stream, gp_needed, area, visit_address, visit_postcode, visit_lat,
  visit_lon, caller, caller_phone, contact_phone, practice_id, practice_link, identity_read_back_by_id, flags, issues,
  duplicate_of_id, disposition, disposition_at, disposition_due_at) ON referral TO doorstep_desk;
GRANT UPDATE (title, family_name, given_name, birth_date, gender, nhs_number, nhs_number_verified, home_address,
  home_postcode, other_phones, practice_id) ON patient TO doorstep_desk;
GRANT UPDATE (allocated_at, shift_id, practitioner_id, chosen_because) ON visit TO doorstep_desk;
GRANT UPDATE (booked_for_at, stream_due_at) ON queue_entry TO doorstep_desk;
GRANT UPDATE (practitioner_id, hub_id, placement, is_remote, starts_at, ends_at, on_at, off_at, version)
  ON shift TO doorstep_desk;
GRANT UPDATE (ended_at, version) ON snooze TO doorstep_desk;
GRANT UPDATE (phone, version) ON practice TO doorstep_desk;
GRANT UPDATE (is_closed_down, closed_down_at) ON hub TO doorstep_desk;
GRANT UPDATE (not_before, state, created_at, ended_at, result, version) ON outgoing_message TO doorstep_desk;

-- ---------------------------------------------------------------- a duty clinician besides
GRANT UPDATE (first_triaged_at, triaged_at, triaged_by_id, downgraded_at) ON referral TO doorstep_clinician;
GRANT UPDATE (stream, streamed_at) ON queue_entry TO doorstep_clinician;

-- ---------------------------------------------------------------- a supervisor besides
GRANT UPDATE (diverts_to_id, diverts_until, diverted_by_id) ON hub TO doorstep_supervisor;

-- ---------------------------------------------------------------- the office
GRANT INSERT ON setting, map_pack TO doorstep_service_manager, doorstep_administrator;
GRANT INSERT ON shift, step TO doorstep_service_manager;
GRANT DELETE ON shift TO doorstep_service_manager;
GRANT UPDATE (practitioner_id, hub_id, placement, is_remote, starts_at, ends_at, on_at, off_at, version)
  ON shift TO doorstep_service_manager;
GRANT UPDATE (version) ON practitioner TO doorstep_service_manager;
GRANT INSERT ON competence, device, practice, practitioner TO doorstep_administrator;
GRANT UPDATE (staff_id, name, profession, grade, employer, phone, registration, is_active, version)
  ON practitioner TO doorstep_administrator;
GRANT UPDATE (expires_on) ON competence TO doorstep_administrator;
GRANT SELECT (id, practitioner_id, label, is_active, version), UPDATE (is_active, version)
  ON device TO doorstep_administrator;
GRANT SELECT ON device_state TO doorstep_administrator;
GRANT UPDATE (name, address, postcode, phone, mail, lat, lon, is_active, hub_id, version)
  ON practice TO doorstep_administrator;
GRANT SELECT ON audit_log TO doorstep_auditor, doorstep_service_manager;

-- ---------------------------------------------------------------- workers
GRANT SELECT ON
  alembic_version, change_log, chase, competence, contact, device, device_state, hub, hub_hours, map_pack, marker,
  marker_acknowledgement, outcome, outgoing_message, patient, patient_hub, position, position_count, practice,
  practitioner, queue_entry, received_message, record_opening, referral, report, report_version, setting, shift, snooze,
  staff, staff_hub, staff_role, step, task, training, visit, watch, worker_heartbeat
  TO doorstep_worker;
GRANT INSERT ON
  chase, device_state, outgoing_message, patient, position, position_count, practice, received_message, referral, step,
  task, watch, worker_heartbeat
  TO doorstep_worker;
GRANT USAGE ON SEQUENCE patient_id_seq, referral_id_seq, task_id_seq TO doorstep_worker;
GRANT UPDATE ON chase, device_state, outgoing_message, position_count, watch, worker_heartbeat TO doorstep_worker;
GRANT UPDATE (state, message_key, issues, version) ON received_message TO doorstep_worker;
GRANT UPDATE (phone, practice_id, home_address, home_postcode, version) ON patient TO doorstep_worker;
GRANT UPDATE (name, address, postcode, phone, version) ON practice TO doorstep_worker;
GRANT UPDATE (hub_id, report_id, words, due_at, accepted_by_id, accepted_at, done_by_id, done_at, result, version)
  ON task TO doorstep_worker;
GRANT UPDATE (failed_contact_at, version) ON referral TO doorstep_worker;
GRANT UPDATE (status, sent_by_id, sent_at, sent_by_channel, delivered_at, accepted_at, accepted_by, last_result, version)
  ON report TO doorstep_worker;
GRANT UPDATE (version) ON device, hub, practitioner, shift, snooze, visit TO doorstep_worker;
GRANT DELETE ON change_log, watch, worker_heartbeat TO doorstep_worker;

-- ---------------------------------------------------------------- people, by administrators only
GRANT EXECUTE ON FUNCTION staff_put(text, text, text, text), staff_login(text, text), staff_roles(text, text[]),
  staff_hubs(text, bigint[]), staff_disable(text), staff_end_sessions(text) TO doorstep_administrator;
