-- The earlier grants stand in their released file and come again with every install: they are taken back after it.
REVOKE DELETE ON contact, marker_acknowledgement, outcome, queue_entry, report, task, presence
  FROM doorstep_desk, doorstep_practitioner;
REVOKE DELETE ON shift, snooze FROM doorstep_desk;
REVOKE DELETE ON shift FROM doorstep_service_manager;
