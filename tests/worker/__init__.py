"""Tests of the process without a window."""
