"""The PDF painter (纸面)."""
