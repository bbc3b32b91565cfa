"""Filling in: the home page with its open items, the forms, the line panel, 审核."""
