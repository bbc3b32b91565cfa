"""The main window (主窗口): frame, pages, shortcuts, help."""
