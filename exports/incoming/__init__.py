"""Taking files in (装入): collecting, judging and storing them, conflicts, preview."""
