-- Nobody but the owner deletes any more where these stood.
DROP POLICY own_delete ON contact;
DROP POLICY own_delete ON outcome;
DROP POLICY own_delete ON report;
DROP POLICY own_delete ON snooze;
DROP POLICY own_delete ON presence;
DROP POLICY hub_delete ON queue_entry;
DROP POLICY hub_delete ON task;
DROP POLICY hub_delete ON shift;
