"""Doorstep below the window: rules, formats, services, jobs and the headless worker."""
