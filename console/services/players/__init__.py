"""The players of a training database: they do what the day's plan says, at their desks, as everybody else."""
