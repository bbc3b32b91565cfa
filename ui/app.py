"""Starting the window: fonts, look, Chinese words of Qt, one place for errors, and the first page."""

import hashlib
import json
import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QLockFile, Qt, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

import resources
from models.errors import UserError, cause
from models.workspace import FILE, Workspace
from ui.first_start import FirstStart
from ui.main_window import MainWindow
from ui.pages import chosen_look
from ui.session import Session
from ui.theme import Look, dress, load_fonts

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]

log = logging.getLogger("qingdan")


def application() -> QApplication:
    """The one application object, made when first wanted."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app


def run(folder: Path, files: Sequence[Path] = ()) -> int:
    """Open the window on the workspace in `folder` and load `files` there; gives the exit code."""
    app = application()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        prepare(app, folder)
    except OSError as error:
        tell(f"数据文件夹不能写入（{cause(error)}）。请把程序放到能写入的地方，或用 --data 另指一个文件夹：{folder}")
        return 1
    lock = QLockFile(str(folder / "window.lock"))
    lock.setStaleLockTime(0)  # a lock is stale only when its process is gone
    if not lock.tryLock(100):
        if not raise_first(folder, files):
            tell("清单填报已经打开了，请看任务栏。")
        return 0
    try:
        space, waiting = _workspace(folder, files)
    except UserError as error:
        tell(str(error))
        return 1
    if space is None:
        return 0
    look = Look(*chosen_look(space.settings))
    dress(app, look)
    window = MainWindow(Session(space), look)
    window.show()
    server = listen(folder, window)
    if waiting:
        QTimer.singleShot(0, lambda: window.open_files(list(waiting)))
    code = app.exec()
    server.close()
    return code


def _door(folder: Path) -> str:
    """The name under which the first window of a folder can be reached."""
    return "qingdan-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def raise_first(folder: Path, files: Sequence[Path]) -> bool:
    """Ask the window that is open already to come to the front and load the files."""
    socket = QLocalSocket()
    socket.connectToServer(_door(folder))
    if not socket.waitForConnected(500):
        return False
    socket.write(json.dumps([str(f.resolve()) for f in files]).encode())
    socket.disconnectFromServer()
    if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(2000)
    return True


def listen(folder: Path, window: MainWindow) -> QLocalServer:
    """Come to the front when a second start knocks, and load what it brings."""
    server = QLocalServer(window)
    QLocalServer.removeServer(_door(folder))  # what a killed program left
    server.listen(_door(folder))

    def show() -> None:
        knock = server.nextPendingConnection()
        knock.disconnected.connect(lambda: load(knock))
        if knock.state() == QLocalSocket.LocalSocketState.UnconnectedState:
            load(knock)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    def load(knock: QLocalSocket) -> None:
        brought = bytes(knock.readAll().data())
        knock.deleteLater()
        if files := json.loads(brought or b"[]"):
            window.open_files([Path(f) for f in files])

    server.newConnection.connect(show)
    return server


def prepare(app: QApplication, folder: Path) -> None:
    """Fonts, words, log file and the one place for errors."""
    logging.basicConfig(filename=folder / "qingdan.log", encoding="utf-8", format="%(asctime)s %(message)s")
    sys.excepthook = _unexpected(folder)
    load_fonts()
    app.setWindowIcon(QIcon(str(resources.path("icons", "app.svg"))))
    translator = QTranslator(app)
    if translator.load(QLocale("zh_CN"), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    dress(app, Look())


def _workspace(folder: Path, files: Sequence[Path]) -> tuple[Workspace | None, Sequence[Path]]:
    """The workspace, and the files that are still to be loaded into it. A hand-out begins one without a question."""
    if (folder / FILE).exists():
        return Workspace.open(folder), files
    start = FirstStart(folder, Look())
    if files:
        start.take(list(files))
    if start.space is None and start.exec() != QDialog.DialogCode.Accepted:
        return None, ()
    return start.space, ()


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
