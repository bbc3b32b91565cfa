"""首次启动: the setup wizard in three steps."""
