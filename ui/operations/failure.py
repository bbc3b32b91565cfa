"""出错: errors of what the window does. A sentence in the status line for what the user can mend, log and box for our
bugs.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from PySide6.QtCore import SignalInstance

from models.errors import UserError

log = logging.getLogger("qingdan")
OURS = "operation.bug"


class Foot(Protocol):
    """Has a `message` signal (text, tone), which the window shows in its status line: the session is one."""

    @property
    def message(self) -> SignalInstance: ...


def user_error(error: Exception) -> UserError:
    """The error that the user sees for an error: itself, or for a bug of ours one that says so."""
    return error if isinstance(error, UserError) else UserError(OURS)


def sentence(error: Exception) -> str:
    """The Chinese sentence that the user sees for an error."""
    return str(user_error(error))


def handle(error: Exception) -> str:
    """The sentence for an error. A bug of ours also goes to the exception hook of ui/window/error_dialogs, which logs
    its traceback and shows a box.
    """
    if not isinstance(error, UserError):
        sys.excepthook(type(error), error, error.__traceback__)
    return sentence(error)


@contextmanager
def catching(show: Callable[[str], object]) -> Iterator[None]:
    """For a quick action on the store or a file: a UserError ends it, and its sentence goes to `show`. Bugs go on to
    the hook.
    """
    try:
        yield
    except UserError as error:
        show(str(error))


def reporting(foot: Foot, tone: str = "red") -> AbstractContextManager[None]:
    """`catching`, with the sentence shown in the status line."""
    return catching(lambda why: foot.message.emit(why, tone))


def run(foot: Foot, action: Callable[[], object], tone: str = "red") -> bool:
    """Do a quick action; False where a UserError, shown in the status line, ended it."""
    with reporting(foot, tone):
        action()
        return True
    return False
