"""The command bar: one line that finds any command, patient, practitioner, place or report."""
