GRANT EXECUTE ON FUNCTION leave_refusal(text) TO doorstep_staff, doorstep_worker;
GRANT EXECUTE ON FUNCTION leave_look(text, bigint) TO doorstep_auditor;
GRANT EXECUTE ON FUNCTION audit_checked()
  TO doorstep_auditor, doorstep_service_manager, doorstep_administrator, doorstep_worker;
GRANT EXECUTE ON FUNCTION staff_ask(text, text) TO doorstep_administrator;
GRANT EXECUTE ON FUNCTION uncomplete_patient(bigint) TO doorstep_desk;
