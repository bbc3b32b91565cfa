"""Long operations and errors in the window (长操作、出错): operation.py is the entry, failure.py turns errors into
sentences.
"""
