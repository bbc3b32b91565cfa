"""汇总: consolidated figures, down to each counted row."""
