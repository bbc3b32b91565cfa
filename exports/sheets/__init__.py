"""Neutral content of every paper (表页): no format in it."""
