"""What came and went (收发台账): packages, intake log, keys, county feedback."""
