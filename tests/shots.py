"""Pictures of every page of the window: python3 dev.py shots [folder] [--quick], the same each time, pixel by pixel.

python3 dev.py shots --compare BEFORE AFTER [DIFFERENCES]      which of them differ
"""

import sys
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

from PySide6.QtWidgets import QApplication

from exports.outgoing.handout import handout
from exports.outgoing.write_out import file_name, write_out
from exports.sample_month import hand_in
from models.reporting.sample import fill
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace
from tests.shots_compare import main as compare
from tests.shots_fixed import COUNTY_TIME, UNIT_TIME, folder, give_keys, hold_still, set_time, settle
from tests.shots_hand_in import shoot_hand_in
from ui.filling.form_page import FormPage
from ui.filling.home_page import HomePage
from ui.filling.period_timeline import Event
from ui.first.wizard import SetupWizard
from ui.session import Session
from ui.widgets.theme import Theme, dress
from ui.window.main_window import MainWindow
from ui.window.page_registry import ROWS, RoleRows

SIZES = {100: (1366, 696), 150: (1920, 972), 200: (1366, 696)}


HAPPENED = (
    Event(date(2024, 10, 8), "装入任务包"),
    Event(date(2024, 10, 17), "填了31处"),
    Event(date(2024, 10, 21), "县里退回", "back"),
)


def space(folder: Path) -> Workspace:
    """A township and a department with months behind them and this month's mistakes; a second month is empty."""
    made = Workspace.create(folder, "unit", ["瓦屋塘镇", "县科工局"])
    for month in ("2024-07", "2024-08", "2024-09"):
        fill(made, made.plan.period(month))
    fill(made, made.plan.period("2024-10"), faults=True)
    made.set({"current": "2024-10", "person": "示例"})
    _sent_back(made)
    return made


def _sent_back(made: Workspace) -> None:
    """The county sends a cell back."""
    unit, form = made.units[0], made.form("tasks")
    rows = made.context(unit.code, made.plan.period("2024-10")).rows[form.name]
    field = next(f for f in form.fields if f.goal)
    row, id = rows[3], record_id("comments", unit.code, "2024-10", "picture")
    keys = {"id": id, "unit": unit.code, "period": "2024-10", "line": "picture", "position": 0}
    where = {"form": form.name, "record": row["id"], "row": 4, "field": field.name}
    said = {
        "text": "累计数不应减少，请核实",
        "found": field.kind.show(row[field.name]),
        "state": "open",
        "answer": None,
    }
    made.apply([Change("comments", id, None, {**keys, **where, **said, "by": "示例"})], "装入退回单")


def spots(window: MainWindow) -> None:
    """Put the cursor where there is most to see: on the cell that came back, a block chosen around it."""
    page = window.pages["tasks"]
    if isinstance(page, FormPage) and window.session.returned:
        comment = window.session.returned[0]
        page.go_to(comment["record"], comment["field"])
        at = page.grid.currentIndex()
        page.grid.select_block(at, at.siblingAtRow(at.row() - 2))


def shoot(app: QApplication, out: Path, theme: str, percent: int) -> None:
    """Every page in one look: full, with mistakes, and empty."""
    look = Theme(theme, percent)
    dress(app, look)
    set_time(UNIT_TIME)
    with folder() as root:
        window = MainWindow(Session(give_keys(space(root / "填报"))), look)
        window.resize(*SIZES[percent])
        window.show()
        pages = ("home", "cover", "tasks", "projects", "policies", "obstacles", "check", "print", "send", "settings")
        for period, names in (("2024-10", pages), ("2024-12", ("home", "tasks", "projects", "check"))):
            window.session.go(period=window.session.space.plan.period(period))
            for name in names:
                window.show_page(name)
                if name == "tasks":
                    spots(window)
                if isinstance(page := window.pages[name], HomePage) and period == "2024-10":
                    page.ruler.show_days(window.session.period, window.session.today(), HAPPENED)
                settle(window)
                window.grab().save(str(out / f"{name}_{period}_{theme}_{percent}.png"))
        window.close()
        window.session.space.close()
        shoot_first(out, look, root, f"{theme}_{percent}")


def shoot_first(out: Path, look: Theme, root: Path, name: str) -> None:
    """The steps of the first start: by the county's file, and by the list of the built-in plan."""
    county = give_keys(Workspace.create(root / "县办", "office"), "瓦屋塘镇")
    county.set({"current": "2024-10"})
    unit = county.plan.unit("瓦屋塘镇")
    parcel = handout(county, unit)
    file = write_out(parcel, root, file_name(county, parcel))
    county.close()
    start = SetupWizard(root / "新的", look, movable=True)
    start.resize(*SIZES[look.percent])
    start.show()
    strange = root / "说明.txt"
    strange.write_text("示例", encoding="utf-8")
    acts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("first", lambda: None),
        ("first_own", lambda: start.turn("own")),
        ("first_backup", lambda: start.turn("backup")),
        ("first_wrong", lambda: start.take([strange])),
        ("first_card", lambda: start.take([file])),
        ("first_who", lambda: start.open_step(3)),
    )
    for what, act in acts:
        act()
        settle(start)
        start.grab().save(str(out / f"{what}_{name}.png"))
    start.close()


def shoot_county(app: QApplication, out: Path, theme: str, percent: int, county: Workspace) -> None:
    """The county's own pages: a month with everybody in it, and one in which nobody has reported."""
    look = Theme(theme, percent)
    dress(app, look)
    window = MainWindow(Session(county), look)
    window.resize(*SIZES[percent])
    window.show()
    for period in ("2024-10", "2024-11"):
        window.session.go(period=county.plan.period(period))
        for name in (row.name for row in RoleRows(ROWS, "office").tabs):
            window.show_page(name)
            settle(window)
            window.grab().save(str(out / f"county_{name}_{period}_{theme}_{percent}.png"))
    window.hide()
    window.deleteLater()


def shoot_last_steps(app: QApplication, out: Path, theme: str, percent: int) -> None:
    """打印与上报 in every state, numbered as a month goes."""
    look = Theme(theme, percent)
    dress(app, look)
    shot = count(1)
    shoot_hand_in(
        look,
        SIZES[percent],
        lambda window, name: window.grab().save(str(out / f"上报{next(shot):02d}{name}_{theme}_{percent}.png")),
    )


def main() -> None:
    """All looks, into the folder named on the command line or out/窗口图; or two folders compared."""
    words = [w for w in sys.argv[1:] if not w.startswith("-")]
    if "--compare" in sys.argv:
        sys.exit(compare(words))
    out = Path(words[0] if words else "out/窗口图").absolute()
    quick = "--quick" in sys.argv
    out.mkdir(parents=True, exist_ok=True)
    app = hold_still()
    looks = [("light", 100)] if quick else [(t, p) for t in ("light", "dark", "contrast") for p in SIZES]
    for theme, percent in looks:
        shoot(app, out, theme, percent)
        shoot_last_steps(app, out, theme, percent)
    with folder() as root:
        set_time(COUNTY_TIME)
        county = give_keys(Workspace.create(root / "县办", "office"))
        for month in ("2024-09", "2024-10"):
            hand_in(county, county.plan.period(month), faults=month == "2024-10")
        for theme, percent in looks:
            shoot_county(app, out, theme, percent, county)
        county.close()
    print(f"{len(list(out.glob('*.png')))} 张图，在 {out}")


if __name__ == "__main__":
    main()
