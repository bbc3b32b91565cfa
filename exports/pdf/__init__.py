"""Paints sheets as PDF (纸面)."""
