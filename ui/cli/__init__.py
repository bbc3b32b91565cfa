"""The command line (命令行); imports no Qt."""
