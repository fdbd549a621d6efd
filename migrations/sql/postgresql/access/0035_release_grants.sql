-- Who writes a report or signs it leaves a release as it is: it names the version that it is of.
GRANT UPDATE (released_version, released_by_id, released_at, released_because) ON report TO doorstep_supervisor;
