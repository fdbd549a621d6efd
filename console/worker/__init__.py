"""The headless process: jobs, outbox, inbox and heartbeat."""
