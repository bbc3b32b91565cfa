"""The file that travels between county and units (上报包等): container, envelope, keyring, records."""
