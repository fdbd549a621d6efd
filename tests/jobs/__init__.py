"""Tests of the timetable and its runner."""
