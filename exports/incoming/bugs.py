"""Reports a bug of ours met while a file is taken in (程序意外): logged with its traceback, and not blamed
on the file.
"""

import logging
from pathlib import Path

log = logging.getLogger("qingdan")
OURS = "程序出了意外，这个文件没有装入，不是文件的错，别的文件照常；详情记在 qingdan.log，请把它和这个文件发给维护人员"


def bug(name: str, error: Exception) -> str:
    """Log an unexpected exception with the name of the file being taken in; returns the sentence for the user."""
    log.error("装入“%s”时出了意外", name, exc_info=error)
    return f"{OURS}（{Path(name).name}）"
