"""一览: all units of the county, and what each has handed in."""
