"""What makes the pictures the same each time, on every machine: time of day, faces, keys, folder, name of the PC.

`hold_still` comes first; then `folder` gives the place of the sample data, and `give_keys` the keys of its workspaces.
"""

import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pyrage
from PySide6.QtCore import QEvent, QLockFile, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget

import resources
from exports.package.envelope import recipient_of
from exports.package.keyring import Keyring
from models.store.clock import FIXED
from models.workspace import Workspace
from ui.operations import work
from ui.operations.operation import Operation
from ui.widgets.theme import RARE_FILE, load_fonts, load_rare

UNIT_TIME = "2024-10-22T09:30:00+08:00"  # the month runs
COUNTY_TIME = "2024-10-29T09:30:00+08:00"  # the due day is over, the last ones came late
IDENTITIES = {  # of sample data only
    "identity": "AGE-SECRET-KEY-16ZQP80KZSJAND5FA2X6HW7NL7VPM99YDDRU6JF4EY3993KDGMWMS7XA422",
    "recovery": "AGE-SECRET-KEY-1P64XFG2MSY4DR8NSP53NDFJSQRN83S979LY48L5YU5J87ZNJ9Z4SRCDQ5J",
    "reader": "AGE-SECRET-KEY-1HM82CT7QTZACDHHTU3MLL0KF7F4QNVSWE9L3PJHTQADZRNHDALZSMZT7EQ",
}
OF_THE_SCREEN = ("QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_STYLE_OVERRIDE", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_FAMILY")
USUAL = 100  # bytes of chance
LONG = 1000  # milliseconds: a timer that runs longer ends something that was said, which no picture should miss


def set_time(moment: str) -> None:
    """Let the program believe that it is this moment (ISO 8601), until the next one."""
    os.environ[FIXED] = moment


def hold_still() -> QApplication:
    """The application with a screen, faces, time zone and time of day that depend on nothing but this repository."""
    set_time(UNIT_TIME)
    os.environ.update(QT_QPA_PLATFORM="offscreen", TZ="Asia/Shanghai", LC_ALL="C.UTF-8")
    if sys.platform != "win32":
        time.tzset()
    for name in OF_THE_SCREEN:
        os.environ.pop(name, None)
    platform.node = lambda: "示例电脑"
    pyrage.encrypt = _same_size(pyrage.encrypt)
    with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as config:
        config.write("<fontconfig></fontconfig>")  # no face of this machine
    os.environ["FONTCONFIG_FILE"] = config.name
    app = QApplication([])
    app.setCursorFlashTime(0)
    load_fonts()
    load_rare(resources.content("fonts", RARE_FILE))
    Path(config.name).unlink()
    return app


def _same_size(encrypt: Callable[..., bytes]) -> Callable[..., bytes]:
    """Encryption whose files have the same number of whole KB each time: age puts up to 200 bytes of chance before them,
    and a picture shows the size of a file.
    """

    def sealed(data: bytes, recipients: Sequence[object]) -> bytes:
        while True:
            made = encrypt(data, recipients)
            end = made.index(b"\n--- ")
            chance = re.search(rb"\n-> \S+-grease", made[:end])
            usual = (chance.start() if chance else end) + USUAL
            if (len(made) - end + usual) >> 10 == len(made) >> 10:
                return made

    return sealed


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder whose path is the same each time: it is seen in the pictures. Ends the program where another one
    that takes pictures uses it.
    """
    root = Path(tempfile.gettempdir()) / "qingdan-shots"
    lock = QLockFile(f"{root}.lock")
    lock.setStaleLockTime(0)  # one that ended without letting go is noticed by its number
    if not lock.tryLock(0):
        sys.exit(f"另一个 shots 正在拍图，请等它拍完：{root}")
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)
        lock.unlock()


def give_keys(space: Workspace, *units: str) -> Workspace:
    """Give a workspace the keys of the sample, and at the office each unit (a name) its code and reader; gives it back."""
    keys = Keyring(space).keys
    for name in ("identity", "recovery"):
        keys.set(name, f"{IDENTITIES[name]} {recipient_of(IDENTITIES[name])}")
    keys.set("signer", _hex(f"signer of {space.role}"))
    for unit in units:
        code = space.plan.unit(unit).code
        keys.give_code(code, _hex(f"code of {code}")[:32])
        keys.set(f"reader.{code}", IDENTITIES["reader"])
    return space


def _hex(text: str) -> str:
    return sha256(f"示例 {text}".encode()).hexdigest()


def settle(window: QWidget) -> None:
    """Let everything that was asked for come to its end and be painted, however busy the machine is."""
    timers: list[QTimer] = list(window.findChildren(QTimer))
    for timer in timers:
        if timer.isSingleShot() and timer.interval() > LONG:
            timer.stop()
    calm = 0
    while calm < 3:
        QThreadPool.globalInstance().waitForDone()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        operations: list[Operation[object]] = list(window.findChildren(Operation))
        busy = work.RUNNING or any(o.running for o in operations)
        calm = 0 if busy else calm + 1
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def lay_out() -> None:
    """Put everything in its place without letting work that runs beside the window go on: it may be half-way."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.Polish)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
