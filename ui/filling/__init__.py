"""Filling in: what is left to do, the forms, the line's panel, 审核."""
