"""The window: start beside a bare Qt window, a key stroke and a paste of 500 cells beside a bare synced write."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from models.reporting.sample import fill
from models.workspace import Workspace
from tests.benchmarks.clock import compare, compare_programs, seconds

if TYPE_CHECKING:
    from ui.filling.form_page import FormPage
    from ui.window.main_window import MainWindow

ROOT = Path(__file__).parents[2]
# What anybody's window costs: an empty view, and a window around a table of 200 lines with texts in it.
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QTableView
app = QApplication([]); view = QTableView(); view.resize(1366, 696); view.show(); app.processEvents()
"""
TABLE = """
import sys
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Model(QAbstractTableModel):
    def rowCount(self, parent=None): return 200
    def columnCount(self, parent=None): return 16
    def data(self, at, role=0): return f"{at.row()}:{at.column()} 文字" if role == Qt.ItemDataRole.DisplayRole else None

app = QApplication([])
window, view, model = QMainWindow(), QTableView(), Model()
view.setModel(model); window.setCentralWidget(view); window.resize(1366, 696); window.show(); app.processEvents()
"""
SHOWN = """
import sys
from pathlib import Path
import main
from ui import app
qt, folder = app.application(), Path(sys.argv[1])
shell = app.Splash(app.prepare(qt, folder))
shell.ready.connect(qt.quit)
shell.show()
qt.exec()
"""
READABLE = SHOWN.replace("qt.quit", "lambda: (app.go_on(shell, folder, None, ()), qt.processEvents(), qt.quit())")
OVER = "\nimport os; print(len(sys.modules), flush=True); os._exit(0)"  # the way out is not the start


class Starts:
    """Starts of programs from nothing, compiled as an installed program is; `cache` holds what was compiled."""

    def __init__(self, cache: Path) -> None:
        self.env = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache)}
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(self, code: str, *args: str) -> str:
        """Run a program till its window stands; gives how many modules it has read."""
        command = [sys.executable, "-c", code + OVER, *args]
        done = subprocess.run(command, cwd=ROOT, env=self.env, check=True, capture_output=True, text=True)
        return done.stdout


def synced(path: Path) -> None:
    """The least that saving means: bytes on the disk."""
    with path.open("ab") as f:
        f.write(b"x" * 4096)
        f.flush()
        os.fsync(f.fileno())


def typing(folder: Path) -> None:
    """One cell, and 500 cells from the clipboard, in a real window."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from ui.filling.form_page import FormPage
    from ui.session import Session
    from ui.widgets.theme import Theme, dress, load_fonts
    from ui.window.main_window import MainWindow

    app = QApplication([])
    load_fonts()
    look = Theme()
    dress(app, look)
    window = MainWindow(Session(Workspace.open(folder)), look)
    window.show()
    window.show_page("tasks")
    page = window.pages["tasks"]
    assert isinstance(page, FormPage)
    grid, count = page.grid, 0

    def stroke() -> None:
        nonlocal count
        count += 1
        grid.table.setData(grid.table.index(1, grid.table.column("measure")), f"举措{count}")
        app.processEvents()

    compare("改一格（存盘、审核、重画），对照一次落盘的写入", stroke, lambda: synced(folder / "plain"), rounds=15)
    window.show_page("projects")
    projects = window.pages["projects"]
    assert isinstance(projects, FormPage)
    projects.grid.insert_line()
    projects.grid.asked = lambda read, label: True  # type: ignore[method-assign]  # nobody answers here
    QGuiApplication.clipboard().setText("".join(f"示例村{n}\t内容{n}\t2024-05\t2025-06\t100\r\n" for n in range(100)))
    last = projects.grid.table.lines[-1].row
    assert last is not None
    projects.grid.stand_on(projects.grid.table.place(last["id"], "place"))
    print(f"粘贴500格（存盘、审核、重画）：{seconds(projects.grid.paste) * 1000:.0f} 毫秒")
    many(window, projects)


def many(window: "MainWindow", page: "FormPage") -> None:
    """Ten thousand lines of five cells: the whole time, and the longest in which the window did nothing else."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    session, grid = window.session, page.grid

    def run(title: str, job: Callable[[], object]) -> None:
        blocks, start = [seconds(job)], time.perf_counter()
        while session.long.running:
            blocks.append(seconds(QApplication.processEvents))
        whole = blocks[0] + time.perf_counter() - start
        print(f"{title}：{whole * 1000:.0f} 毫秒，其中窗口最久停 {max(blocks) * 1000:.0f} 毫秒", flush=True)

    text = "".join(f"示例村{n}\t内容{n}\t2024-05\t2025-06\t100\r\n" for n in range(10_000))
    QGuiApplication.clipboard().setText(text)
    run("粘贴1万行", grid.paste)
    place = grid.table.index(5, grid.table.column("place"))
    for word in ("示例甲", "示例乙"):  # the first one warms
        run("在1万行里改一格", partial(grid.table.setData, place, word))
    run("撤销改的一格", session.take_back)
    run("撤销改的一格", session.take_back)
    run("撤销1万行", session.take_back)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "ws"
        space = Workspace.create(folder, "unit", ["瓦屋塘镇"])
        fill(space, space.plan.period("2024-10"))
        space.set({"current": "2024-10"})
        space.close()
        run = Starts(Path(name) / "cache").run
        for title, code in (("窗口出来", SHOWN), ("首页读得到", READABLE)):
            for beside, other in (("空白 Qt 窗口", BARE), ("有一张表的 Qt 窗口", TABLE)):
                words = f"从启动到{title}，对照{beside}"
                compare_programs(words, partial(run, code, str(folder)), partial(run, other))
        counts = [run(code, str(folder)).strip() for code in (SHOWN, READABLE, BARE, TABLE)]
        print(
            "读进来的模块：窗口出来时 {} 个，首页读得到时 {} 个；空白 Qt 窗口 {} 个，有一张表的 {} 个".format(*counts)
        )
        typing(folder)


if __name__ == "__main__":
    main()
