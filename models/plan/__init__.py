"""A plan year (方案): its entries, how it is read, compared and shown."""
