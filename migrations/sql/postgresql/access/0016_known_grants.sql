GRANT EXECUTE ON FUNCTION ask_who_is_known(text, text, text, date), who_is_known(bigint), take_known_on(bigint)
  TO doorstep_desk;
GRANT EXECUTE ON FUNCTION look_at_everything(timestamptz)
  TO doorstep_service_manager, doorstep_administrator, doorstep_worker;
