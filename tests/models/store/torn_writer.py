"""A process that dies in the middle of a commit: the store is half written, and its hot journal lies beside it.

Arguments: the store, and the seed of what is overwritten. SQLite writes pages out before the commit because the cache
is small; then the process ends without a word, as under kill -9.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from models.store.connection import VERSION, connect
from tests.effort import dice

conn, chance = connect(Path(sys.argv[1]), VERSION), dice(int(sys.argv[2]))
conn.execute("PRAGMA cache_size=2")
conn.execute("BEGIN IMMEDIATE")
for n in range(chance.randint(40, 120)):
    name, size = f"torn{n}", chance.randint(500, 9000)
    conn.execute("INSERT INTO plan_files VALUES (?, ?, ?, ?)", ("torn", name, "撕" * size, ""))
    conn.execute("UPDATE history SET label = label || ? WHERE seq % 7 = ?", ("撕" * 40, chance.randrange(7)))
os._exit(9)
