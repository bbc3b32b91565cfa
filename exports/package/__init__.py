"""The file that travels (上报包等): container, envelope, keyring, records."""
