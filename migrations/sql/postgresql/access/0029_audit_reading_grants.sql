REVOKE SELECT ON audit_log FROM doorstep_service_manager;
GRANT SELECT, INSERT ON audit_export TO doorstep_auditor;
