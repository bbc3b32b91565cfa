"""Long work and errors in the window (长操作、出错): operation.py is the facade, failure.py what is said of errors."""
