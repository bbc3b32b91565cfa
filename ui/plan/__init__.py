"""方案: the plan's tables, its parts to be confirmed, its versions."""
