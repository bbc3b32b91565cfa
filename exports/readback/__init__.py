"""Workbooks and tables read back (读回), in a sandbox."""
