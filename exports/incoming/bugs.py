"""Reports a bug of ours met while a file is taken in (程序意外): logged with its traceback, and not blamed
on the file.
"""

import logging
from pathlib import Path

from models.refusals import Refused

log = logging.getLogger("qingdan")


def bug(name: str, error: Exception) -> Refused:
    """Log an unexpected exception with the name of the file being taken in; returns the refusal for the user."""
    log.error("装入“%s”时出了意外", name, exc_info=error)
    return Refused("intake.bug", file=Path(name).name)
