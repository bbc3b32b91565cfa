"""Parts that any page may use: words, signs, charts, tools, and work beside the window."""
