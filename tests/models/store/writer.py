"""A process to be killed: types one character after another, and says each one after it was saved."""

import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from models.store.change import Change
from models.store.store import Store, record_id

store, done = Store.open(Path(sys.argv[1])), int(sys.argv[2])
ID = record_id("projects", "u", "p", "line")
for count in itertools.count(done + 1):
    before, after = "字" * (count - 1), "字" * count
    row = {"id": ID, "unit": "u", "period": "p", "line": "line", "position": 1, "content": after}
    store.apply([Change("projects", ID, {"content": before}, {"content": after}) if done or count > 1
                 else Change("projects", ID, None, row)], "打字")  # fmt: skip
    print(count, flush=True)
