"""Long work (长操作): threads, slices, progress, cancel."""
