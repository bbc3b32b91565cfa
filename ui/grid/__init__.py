"""The grid of a form: its model, its cells, its keys, blocks and pastes."""
