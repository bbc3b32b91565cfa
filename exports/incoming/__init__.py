"""Files that are taken in (装入): collect, judge, take in, conflicts, preview."""
