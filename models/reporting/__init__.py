"""A unit's period (调度期填报): report, check, lock, version code, sample data."""
