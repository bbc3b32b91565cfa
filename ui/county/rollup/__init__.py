"""汇总: consolidated figures down to the line."""
