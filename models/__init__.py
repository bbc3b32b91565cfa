"""What is kept: the store, the plan year, records and their checks."""
