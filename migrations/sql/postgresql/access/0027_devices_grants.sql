-- Who adds a device writes what it told last, which is nothing yet, and a step about it. Its secret is read by nobody.
GRANT INSERT ON device_state, step TO doorstep_administrator;
GRANT SELECT (id) ON step TO doorstep_administrator;
