"""Starts the window: fonts, theme, Qt's translation, the handler of unexpected errors, and the first page."""

import json
import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QFileSystemWatcher,
    QLibraryInfo,
    QLocale,
    QLockFile,
    QSettings,
    Qt,
    QThread,
    QTimer,
    QTranslator,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import resources
from models.errors import Damaged, UserError
from models.program_log import keep_log
from models.store.data_folder import FILE, default_folder, is_portable, own_folder
from ui.widgets.theme import RARE_FILE, Theme, dress, load_fonts, load_rare
from ui.window.error_dialogs import begin_anew, go_back, tell, unexpected
from ui.window.splash import Splash, remembered

if TYPE_CHECKING:  # imported once the window is on the screen, so that it shows sooner
    from models.workspace import Workspace
    from ui.window.main_window import MainWindow

KNOCK = "window.knock"  # file by which a second start asks the open window to come to the front
LATE = 500  # milliseconds after the window is shown
WAIT, WAITS = 20, 75  # milliseconds between looks whether the open window answered, and how many looks

log = logging.getLogger("qingdan")


def application() -> QApplication:
    """The one QApplication, made at the first call."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app


def run(folder: Path, files: Sequence[Path] = ()) -> int:
    """Open the window on the workspace in `folder` and load `files` there; gives the exit code."""
    app, fresh = application(), not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        memory = prepare(app, folder)
    except OSError as error:
        return run(own_folder(), files) if begin_anew(folder, error) else 1
    lock = QLockFile(str(folder / "window.lock"))
    lock.setStaleLockTime(0)  # a lock is stale only when its process is gone
    if not lock.tryLock(100):
        return _second(folder, files)
    (folder / KNOCK).unlink(missing_ok=True)  # a killed program may not have removed it
    here = (folder / FILE).exists()
    try:
        space = None if here else begun(folder, files)
    except UserError as error:
        tell(str(error))
        return 1
    if here:
        return _show(app, memory, folder, None, files)
    if space is None or space.folder != folder:
        _leave(folder, lock, fresh)
        return _elsewhere(space) if space else 0
    return _show(app, memory, folder, space, ())


def _second(folder: Path, files: Sequence[Path]) -> int:
    """Ask the window that holds the folder's lock to come forward; gives the exit code. A folder that cannot be written
    is reported.
    """
    try:
        if not raise_first(folder, files):
            tell("清单填报已经打开了，请看任务栏。")
    except OSError as error:
        return run(own_folder(), files) if begin_anew(folder, error) else 1
    return 0


def _show(app: QApplication, memory: QSettings, folder: Path, space: "Workspace | None", files: Sequence[Path]) -> int:
    """Show an empty window first, then fill it: reading the workspace and the pages takes longer. Gives the
    exit code.
    """
    shell = Splash(memory)
    shell.ready.connect(lambda: go_on(shell, folder, space, files))
    shell.show()
    return app.exec()


def _leave(folder: Path, lock: QLockFile, fresh: bool) -> None:
    """Release the lock, and remove the folder if this start made it and nothing is in it."""
    lock.unlock()
    if fresh:
        with suppress(OSError):
            folder.rmdir()


def _elsewhere(space: "Workspace") -> int:
    """Go on in the folder that was chosen at the first start, with its own lock and log."""
    space.close()
    return run(space.folder)


def go_on(shell: Splash, folder: Path, space: "Workspace | None", files: Sequence[Path]) -> None:
    """Fill the window once it is on the screen; ends the program where the workspace cannot be opened."""
    try:
        window = filled(shell, space or workspace(folder))
    except Damaged:
        if go_back(folder):
            go_on(shell, folder, None, files)
        else:
            application().exit(1)
        return
    except UserError as error:
        tell(str(error))
        application().exit(1)
        return
    except Exception:
        application().exit(1)  # an empty window is useless
        raise
    listen(folder, window)
    QTimer.singleShot(LATE, window, lambda: start_late(window))
    if files:
        QTimer.singleShot(0, window, lambda: window.open_files(list(files)))


def filled(shell: Splash, space: "Workspace") -> "MainWindow":
    """The main window, shown in `shell`. The larger part of the program is imported only here."""
    from ui.session import Session
    from ui.settings.appearance import chosen_look
    from ui.window.main_window import MainWindow

    look = Theme(*chosen_look(space.settings))
    if (look.theme, look.percent) != (shell.look.theme, shell.look.percent):
        dress(application(), look)
    window = MainWindow(Session(space), look)
    shell.fill(window, look)
    window.enter()
    return window


def start_late(window: "MainWindow") -> None:
    """Read in the background what the window did not wait for: what writing needs, and the rare characters."""
    if not window.isVisible():  # closed again at once: start nothing more
        return
    from models.store import store
    from ui.operations.operation import Operation
    from ui.operations.work import JobHandle, Threaded

    def read(_task: JobHandle) -> bytes:
        store.warm()
        return resources.content("fonts", RARE_FILE)

    def known(content: bytes) -> None:
        load_rare(content)
        window.update()

    Operation(window, window.session, Threaded(read), "正在读生僻字").on_done(known).start()
    catch_up(window)


def catch_up(window: "MainWindow") -> None:
    """After an update: read again the submissions that an older program understood only partly, and show
    what is new.
    """
    from exports.incoming.reread import read_again

    if sentences := read_again(window.session.space):
        window.session.renew()
        window.session.message.emit("；".join(sentences), "saved")


def raise_first(folder: Path, files: Sequence[Path]) -> bool:
    """Ask the window that is open already to come to the front and load the files; True once it has answered. The
    request is a file in the workspace's folder: no network port, so no firewall asks.
    """
    part, knock = folder / f"{KNOCK}.part", folder / KNOCK
    part.write_text(json.dumps([str(f.resolve()) for f in files]), encoding="utf-8")
    part.replace(knock)
    for _ in range(WAITS):
        QThread.msleep(WAIT)
        if not knock.exists():
            return True
    knock.unlink(missing_ok=True)
    return False


def listen(folder: Path, window: "MainWindow") -> QFileSystemWatcher:
    """Watch for requests of later starts (see `raise_first`): come to the front and load their files. A request made
    before the watch began is answered too.
    """
    knock = folder / KNOCK

    def answer() -> None:
        if not knock.exists():
            return
        files = json.loads(knock.read_text(encoding="utf-8"))
        knock.unlink()
        screen: QWidget = window.window()
        screen.setWindowState(screen.windowState() & ~Qt.WindowState.WindowMinimized)
        screen.raise_()
        screen.activateWindow()
        if files:
            QTimer.singleShot(0, window, lambda: window.open_files([Path(f) for f in files]))

    watcher = QFileSystemWatcher([str(folder)], window)
    watcher.directoryChanged.connect(answer)
    QTimer.singleShot(0, watcher, answer)
    return watcher


def prepare(app: QApplication, folder: Path) -> QSettings:
    """Set up fonts, translation, last time's theme, the log and the handler of unexpected errors; gives the window's
    settings.
    """
    keep_log(folder)
    sys.excepthook = unexpected(folder)
    load_fonts()
    app.setWindowIcon(QIcon(str(resources.path("icons", "app.svg"))))
    app.installTranslator(words(app))
    memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    dress(app, remembered(memory))
    return memory


def words(app: QApplication) -> QTranslator:
    """Qt's own texts in Chinese: menus of text boxes, buttons of dialogs."""
    translator = QTranslator(app)
    translator.load(QLocale("zh_CN"), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return translator


def workspace(folder: Path) -> "Workspace":
    """The existing workspace in `folder`. Raises UserError."""
    from models.workspace import Workspace

    return Workspace.open(folder)


def begun(folder: Path, files: Sequence[Path]) -> "Workspace | None":
    """A new workspace from the setup wizard, which takes `files` itself; None where the user closes it."""
    from models.restore import newest_sound
    from ui.first.wizard import SetupWizard

    movable = folder == default_folder() and not is_portable()
    start = SetupWizard(folder, Theme(), movable)
    if files:
        start.take(list(files))
    elif lost := newest_sound(folder):
        start.bring_back(lost)
        start.foot.say(folder, "原来的数据文件不见了，旁边还有备份：先拿最近的一份来认", "amber")
    return start.space if start.exec() == QDialog.DialogCode.Accepted else None
