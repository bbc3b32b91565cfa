"""What the county makes of it (县级汇总): unit states, consolidation, roll-up, obstacles, scoring."""
