"""中梗阻: obstacles that the county is asked to clear."""
