"""退回、更正: what the county writes about a cell of a unit."""
