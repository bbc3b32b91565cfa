"""方案: the plan's tables, its assignments to confirm, its versions."""
