"""The SQLite file (数据文件): connection, schema, migrations, changes, backup."""
