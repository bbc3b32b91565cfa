"""Settings pages (设置)."""
