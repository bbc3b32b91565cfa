"""The program that a power cut ends before its N-th write: python tests/killed.py N words of the command line.

A write is a statement that changes the store, its commit included, or a file that is opened for writing, renamed or
taken away in a folder that the words name. Exit code 86 where the power was cut; else the program's own.
"""

import importlib
import os
import sqlite3
import sys
from typing import Any

CUT = 86
EVENTS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}
CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "COMMIT", "RELEASE")
remaining = int(sys.argv.pop(1))
FOLDERS = tuple(word for word in sys.argv[1:] if os.path.isabs(word))


def write() -> None:
    """Count one write; at the last the process is gone: nothing is closed, flushed or tidied up."""
    global remaining
    remaining -= 1
    if remaining == 0:
        os._exit(CUT)


def on_statement(sql: str) -> None:
    if sql.lstrip().upper().startswith(CHANGES):
        write()


def on_event(event: str, args: tuple[Any, ...]) -> None:
    if event == "open":
        path, _mode, flags = args
        if flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(FOLDERS):
            write()
    elif event in EVENTS and str(args[0]).startswith(FOLDERS):
        write()


def connect(*args: Any, **options: Any) -> sqlite3.Connection:
    made: sqlite3.Connection = plain_connect(*args, **options)
    made.set_trace_callback(on_statement)
    return made


# before the program's own modules take it from here; one signature for the library's three
plain_connect, sqlite3.connect = sqlite3.connect, connect  # type: ignore[assignment]
sys.path.insert(0, ".")
sys.addaudithook(on_event)
importlib.import_module("main").start()
