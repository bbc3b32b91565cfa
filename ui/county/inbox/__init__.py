"""收件: received files and conflicts between them."""
