"""一览: all units of the county and the state of their reports."""
