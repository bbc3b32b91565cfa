"""Files that are written and read back: workbooks, papers, packages."""
