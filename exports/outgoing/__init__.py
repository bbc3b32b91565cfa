"""Files that are written out (传出): submission, hand-out, recovery key, removable drive, mail draft."""
