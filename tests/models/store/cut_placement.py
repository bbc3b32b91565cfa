"""A process that ends before the n-th thing it does to a file: arguments are the part, the live store, the name under
which the old one is kept, and n."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from models.store.placement import put_in_place

part, live, kept, last = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
done = 0


def cut(event: str, args: tuple[object, ...]) -> None:
    global done
    if event in ("os.rename", "os.remove", "shutil.copyfile"):
        done += 1
        if done == last:
            os._exit(9)


sys.addaudithook(cut)
put_in_place(part, live, kept)
