"""The timetable of what runs by itself, and its runner."""
