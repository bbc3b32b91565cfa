"""运行日志: the file qingdan.log in the workspace's folder, made when there is something to write."""

import logging
from contextlib import suppress
from pathlib import Path

LOG = "qingdan.log"


class LogFile(logging.FileHandler):
    """A log file whose own write errors are ignored: the message on the screen is still shown."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; an error while writing is ignored."""
        with suppress(OSError):
            super().emit(record)


def keep_log(folder: Path) -> None:
    """From now on errors are logged in this folder's file only."""
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h, LogFile)]:
        root.removeHandler(old)
        old.close()
    file = LogFile(folder / LOG, encoding="utf-8", delay=True)
    file.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    root.addHandler(file)
