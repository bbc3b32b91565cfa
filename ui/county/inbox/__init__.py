"""收件: files that came in, conflicts between them."""
