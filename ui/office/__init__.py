"""The county's pages: the wall, reception, conflicts, roll-up, obstacles, scores."""
