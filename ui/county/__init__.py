"""The county office's pages (县办)."""
