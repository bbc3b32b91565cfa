"""Loading (装入) in the window: files of the county, filled workbooks, foreign tables."""
