"""What a person can do: one method is one sentence and one transaction."""
