"""The Excel painter (工作簿)."""
