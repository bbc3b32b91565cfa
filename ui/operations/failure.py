"""Failures (出错) of what the window does: a sentence in the foot for what a person can mend, log and box for our bugs."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from PySide6.QtCore import SignalInstance

from models.errors import UserError

log = logging.getLogger("qingdan")
OURS = "没有做成：程序出了意外，已存好的内容没有受影响；详情记在 qingdan.log 里"


class Foot(Protocol):
    """Where sentences go: the session. The window shows in its foot what its signal says: a text and a tone."""

    @property
    def message(self) -> SignalInstance: ...


def sentence(error: Exception) -> str:
    """What the user is shown of an error, in Chinese."""
    return str(error) if isinstance(error, UserError) else OURS


def handle(error: Exception) -> str:
    """The sentence for an error. A bug of ours also goes to the program's one place for them, the exception hook of
    ui/window/error_dialogs, which logs its traceback and shows a box.
    """
    if not isinstance(error, UserError):
        sys.excepthook(type(error), error, error.__traceback__)
    return sentence(error)


@contextmanager
def catching(show: Callable[[str], object]) -> Iterator[None]:
    """A quick act on the store or a file: a UserError ends it, and its sentence is shown. Bugs go on to the hook."""
    try:
        yield
    except UserError as error:
        show(str(error))


def reporting(foot: Foot, tone: str = "red") -> AbstractContextManager[None]:
    """The same, shown in the foot."""
    return catching(lambda why: foot.message.emit(why, tone))


def run(foot: Foot, action: Callable[[], object], tone: str = "red") -> bool:
    """Do a quick act; False where a UserError, shown in the foot, ended it."""
    with reporting(foot, tone):
        action()
        return True
    return False
