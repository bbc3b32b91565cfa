"""退回、更正: what the county says beside a cell of a unit."""
