"""Drafts of a plan (方案草稿): editing, assignments, publishing, the next year."""
