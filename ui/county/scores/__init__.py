"""考核: scores of all units and the basis of each item."""
