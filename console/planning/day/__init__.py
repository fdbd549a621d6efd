"""The synthetic day of a training database: pure plans out of a seed."""
