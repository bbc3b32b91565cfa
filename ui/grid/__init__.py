"""The grid of a form: its model, painting, editors, keys, and what is done to blocks of cells."""
