"""Tests of the Hub, Reports and Load workspaces."""
