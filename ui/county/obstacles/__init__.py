"""中梗阻: difficulties that the county is asked to solve."""
