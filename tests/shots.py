"""Pictures of every page of the window for people to look at: python3 dev.py shots [folder] [--quick]."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from models.sample import fill
from models.workspace import Workspace
from ui.first_start import FirstStart
from ui.main_window import MainWindow
from ui.session import Session
from ui.theme import Look, dress, load_fonts

SIZES = {100: (1366, 696), 150: (1920, 972), 200: (1366, 696)}


def space(folder: Path) -> Workspace:
    """A township and a department with last month behind them and this month's mistakes; a second month is empty."""
    made = Workspace.create(folder, "unit", ["瓦屋塘镇", "县科工局"])
    fill(made, made.plan.period("2024-09"))
    fill(made, made.plan.period("2024-10"), faults=True)
    made.set({"current": "2024-10", "person": "示例"})
    return made


def settle(app: QApplication) -> None:
    """Let everything that was asked for be painted."""
    for _ in range(3):
        app.processEvents()
        QThreadPool.globalInstance().waitForDone()
        app.processEvents()


def shoot(app: QApplication, out: Path, theme: str, percent: int) -> None:
    """Every page in one look: full, with mistakes, and empty."""
    look = Look(theme, percent)
    dress(app, look)
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(Session(space(Path(folder))), look)
        window.resize(*SIZES[percent])
        window.show()
        pages = ("home", "cover", "tasks", "projects", "policies", "obstacles", "check", "print", "send", "settings")
        for period, names in (("2024-10", pages), ("2024-12", ("home", "tasks", "projects", "check"))):
            window.session.go(period=window.session.space.plan.period(period))
            for name in names:
                window.show_page(name)
                settle(app)
                window.grab().save(str(out / f"{name}_{period}_{theme}_{percent}.png"))
        window.close()
        start = FirstStart(Path(folder) / "new", look)
        start.show()
        settle(app)
        start.grab().save(str(out / f"first_{theme}_{percent}.png"))
        start.close()


def main() -> None:
    """All looks, into the folder named on the command line or out/窗口图."""
    words = [w for w in sys.argv[1:] if not w.startswith("-")]
    out = Path(words[0] if words else "out/窗口图")
    quick = "--quick" in sys.argv
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    load_fonts()
    looks = [("light", 100)] if quick else [(t, p) for t in ("light", "dark", "contrast") for p in SIZES]
    for theme, percent in looks:
        shoot(app, out, theme, percent)
    print(f"{len(list(out.glob('*.png')))} 张图，在 {out}")


if __name__ == "__main__":
    main()
