"""Widgets that any page may use: labels, signs, charts, editors, dialogs."""
