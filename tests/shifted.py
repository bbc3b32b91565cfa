"""The program under a clock that is off by so many days: python tests/shifted.py DAYS words of the command line."""

import datetime
import importlib
import sys

DAYS = datetime.timedelta(days=int(sys.argv.pop(1)))


class Shifted(datetime.datetime):
    """The time as the wrong clock tells it."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "Shifted":
        return super().now(tz) + DAYS


# the class itself is exchanged, before the program's own modules take it from here
datetime.datetime = Shifted  # type: ignore[misc]
sys.path.insert(0, ".")

importlib.import_module("main").start()
