"""The wallboard: the load of the hubs over a whole screen, read from three metres."""
