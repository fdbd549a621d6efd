-- Nobody writes a block: the function does, and only a worker may call it.
GRANT SELECT ON audit_block TO doorstep_auditor, doorstep_service_manager, doorstep_administrator, doorstep_worker;
GRANT EXECUTE ON FUNCTION audit_unsealed()
  TO doorstep_auditor, doorstep_service_manager, doorstep_administrator, doorstep_worker;
GRANT EXECUTE ON FUNCTION seal_audit(bigint) TO doorstep_worker;
