"""What is written and read back: workbooks, papers, packages."""
