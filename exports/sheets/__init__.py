"""The content of every paper (表页) without any format."""
