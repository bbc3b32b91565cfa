"""What comes into the window: files of the county, filled workbooks, tables of one's own."""
