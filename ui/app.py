"""Starting the window: fonts, look, Chinese words of Qt, one place for errors, and the first page."""

import hashlib
import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QLockFile, Qt, QTranslator
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from models.errors import UserError
from models.workspace import FILE, Workspace
from ui.first_start import FirstStart
from ui.main_window import MainWindow
from ui.pages import chosen_look
from ui.session import Session
from ui.theme import Look, dress, load_fonts

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]

log = logging.getLogger("qingdan")


def run(folder: Path) -> int:
    """Open the window on the workspace in `folder`; gives the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    prepare(app, folder)
    lock = QLockFile(str(folder / "window.lock"))
    lock.setStaleLockTime(0)  # a lock is stale only when its process is gone
    if not lock.tryLock(100):
        if not _raise_first(folder):
            tell("清单填报已经打开了，请看任务栏。")
        return 0
    try:
        space = _workspace(folder)
    except UserError as error:
        tell(str(error))
        return 1
    if space is None:
        return 0
    look = Look(*chosen_look(space.settings))
    dress(app, look)
    window = MainWindow(Session(space), look)
    window.show()
    server = _listen(folder, window)
    code = app.exec()
    server.close()
    return code


def _door(folder: Path) -> str:
    """The name under which the first window of a folder can be reached."""
    return "qingdan-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def _raise_first(folder: Path) -> bool:
    """Ask the window that is open already to come to the front."""
    socket = QLocalSocket()
    socket.connectToServer(_door(folder))
    return socket.waitForConnected(500)


def _listen(folder: Path, window: MainWindow) -> QLocalServer:
    """Come to the front when a second start knocks."""
    server = QLocalServer(window)
    QLocalServer.removeServer(_door(folder))  # what a killed program left
    server.listen(_door(folder))

    def show() -> None:
        server.nextPendingConnection().close()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    server.newConnection.connect(show)
    return server


def prepare(app: QApplication, folder: Path) -> None:
    """Fonts, words, log file and the one place for errors."""
    folder.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(filename=folder / "qingdan.log", encoding="utf-8", format="%(asctime)s %(message)s")
    sys.excepthook = _unexpected(folder)
    load_fonts()
    translator = QTranslator(app)
    if translator.load(QLocale("zh_CN"), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    dress(app, Look())


def _workspace(folder: Path) -> Workspace | None:
    if (folder / FILE).exists():
        return Workspace.open(folder)
    start = FirstStart(folder, Look())
    return start.space if start.exec() == QDialog.DialogCode.Accepted else None


def _unexpected(folder: Path) -> Hook:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("".join(traceback.format_exception(kind, error, trace)))
        if QApplication.instance():
            tell(
                f"程序出了意外，已经存好的内容没有受影响。请重新打开程序；再出现时，把这个文件发给维护人员：\n{folder / 'qingdan.log'}"
            )

    return hook


def tell(text: str) -> None:
    """A sentence in a box."""
    QMessageBox(QMessageBox.Icon.NoIcon, "清单填报", text).exec()
