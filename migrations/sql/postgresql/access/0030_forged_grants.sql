GRANT EXECUTE ON FUNCTION is_my_step(bigint) TO doorstep_staff, doorstep_worker;
