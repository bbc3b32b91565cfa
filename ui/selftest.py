"""自检: plays a month between the county and one unit in the program itself, with and without the window.

It shows that the built program is complete on this machine; it does not check anybody's data.
"""

import json
import platform
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool, qVersion
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from exports import batch
from exports import county_papers as summary
from exports import form_jobs as orders
from exports.incoming import load as arrival
from exports.outgoing import handout, submission
from exports.outgoing.write_out import write_out
from forms.kind import Text
from forms.states import Result, Role
from models.errors import catalogue
from models.reporting.check import check
from models.reporting.sample import fill
from models.reporting.version_code import PROGRAM
from models.restore import verify
from models.store.backup import make
from models.workspace import Workspace
from ui.app import application, prepare
from ui.filling.form_page import FormPage
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page import HOME, PRINT, SEND

T = TypeVar("T")
TYPED = "自检写入的一句话"
MANY = 12  # units whose workbooks are made at once, so that a second process is started


def expect(right: bool, why: object) -> None:
    """Raise AssertionError with `why` unless `right`; unlike an assert statement, it stays in the built program."""
    if not right:
        raise AssertionError(why)


def needed(found: T | None, why: str) -> T:
    """`found`, which earlier steps must have made. Raises AssertionError with `why` where it is None."""
    if found is None:
        raise AssertionError(why)
    return found


class Trial:
    """What the steps share: the folder, the county's and the unit's workspaces, the window."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.county = Workspace.create(out / "县", Role.OFFICE)
        self.unit = self.county.plan.units[0]
        self.space: Workspace | None = None
        self.window: MainWindow | None = None

    @property
    def work(self) -> Workspace:
        return needed(self.space, "任务包没有装入")

    @property
    def shown(self) -> MainWindow:
        return needed(self.window, "窗口没有打开")

    def settle(self) -> None:
        """Process events until everything that was asked for is painted."""
        for _ in range(3):
            QCoreApplication.processEvents()
            QThreadPool.globalInstance().waitForDone()
            QCoreApplication.processEvents()

    def picture(self, name: str) -> None:
        """Save a picture of the window as it looks now."""
        self.settle()
        self.shown.grab().save(str(self.out / f"{name}.png"))

    def press(self, target: QWidget, key: Qt.Key, text: str = "") -> None:
        """Press and release one key."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    ## the steps, in their order

    def hand_out(self) -> str:
        parcel = handout.handout(self.county, self.unit)
        path = write_out(parcel, self.out, "任务包.qd")
        return f"{path.stat().st_size}字节"

    def begin(self) -> str:
        self.space, found = arrival.load(self.out / "单位", None, [self.out / "任务包.qd"])
        return found[0].message

    def fill_in(self) -> str:
        return f"{fill(self.work, self.work.period)}个单位，{self.work.period.name}"

    def open_window(self) -> str:
        self.window = MainWindow(Session(self.work), Theme())
        self.window.show()
        self.picture("1首页")
        return self.window.windowTitle()

    def type_in(self) -> str:
        name = next(f.name for f in self.shown.session.forms if not f.record)
        self.shown.show_page(name)
        page = self.shown.pages[name]
        expect(isinstance(page, FormPage), name)
        page = cast("FormPage", page)
        line = next(x for x in page.table.lines if x.row)
        free = next(f for f in page.table.form.stored if type(f.kind) is Text and not f.locked)
        page.grid.stand_on(page.table.place(line.row["id"], free.name))  # type: ignore[index]
        page.grid.setFocus()
        for letter in TYPED:
            self.press(page.grid.cells.editing or page.grid, Qt.Key.Key_unknown, letter)
        self.settle()
        self.press(page.grid.cells.editing or page.grid, Qt.Key.Key_Return, "\r")
        self.picture("2表格")
        rows = self.shown.session.report(page.table.form).rows
        expect(TYPED in [r[free.name] for r in rows], "打进去的字没有存上")
        return free.label

    def check(self) -> str:
        left = [f for f in check(self.work, self.unit.code, self.work.period) if not f.settled]
        expect(not left, "；".join(f.line(self.work) for f in left))
        return "没有要处理的"

    def make_forms(self) -> str:
        paths = batch.write(orders.jobs(self.work, self.out / "表"))
        expect(bool(paths), "一张表也没有")
        expect(all(p.stat().st_size > 1000 for p in paths), "有空的文件")
        self.shown.show_page(PRINT)
        self.picture("3打印")
        return f"{len(paths)}个文件"

    def read_back(self) -> str:
        book = next((self.out / "表").rglob("*.xlsx"))
        _, found = arrival.load(self.work.folder, self.work, [book])
        expect(found[0].result == Result.UNCHANGED, found[0].message)
        return found[0].message

    def submit(self) -> str:
        parcel = submission.submission(self.work, self.unit, self.work.period)
        path = write_out(parcel, self.out, submission.file_name(parcel))
        _, found = arrival.load(self.county.folder, self.county, [path])
        expect(found[0].result == Result.ACCEPTED, found[0].message)
        return f"{path.name}：{found[0].message}"

    def acknowledge(self) -> str:
        parcel = needed(handout.receipt(self.county, self.unit), "没有要写的回执")
        path = write_out(parcel, self.out, "回执.qd")
        _, found = arrival.load(self.work.folder, self.work, [path])
        expect(found[0].result == Result.ACCEPTED, found[0].message)
        self.shown.session.refresh()
        self.shown.show_page(SEND)
        self.picture("4上报")
        return found[0].message

    def consolidate(self) -> str:
        paths = summary.write_summary(self.county, self.work.period, self.out / "汇总")
        wall = MainWindow(Session(self.county), Theme())
        wall.show()
        wall.show_page(HOME)
        self.settle()
        wall.grab().save(str(self.out / "5一览.png"))
        wall.hide()
        return "、".join(p.name for p in paths)

    def many_workbooks(self) -> str:
        codes = [u.code for u in self.county.units[:MANY]]
        paths = batch.write(orders.jobs(self.county, self.out / "多家", codes, formats=("xlsx",), blank=True))
        expect(len(paths) == len(codes), "少了工作簿")
        return f"{len(paths)}本"

    def words(self) -> str:
        expect(bool(catalogue()), "错误的句子不在")
        return f"{len(catalogue())}句"

    def keep(self) -> str:
        made = make(self.work.store.db, self.work.folder / "backups")
        expect(not verify(self.work.store), "数据文件有问题")
        return made.name

    def close(self) -> None:
        """Close the window and the workspaces."""
        if self.window is not None:
            self.window.close()
        self.county.close()

    STEPS: tuple[tuple[str, Callable[["Trial"], str]], ...] = (
        ("县里写任务包", hand_out),
        ("单位装入任务包", begin),
        ("填好一个月", fill_in),
        ("打开窗口", open_window),
        ("在格里打字", type_in),
        ("审核", check),
        ("做 PDF 和 Excel", make_forms),
        ("装回 Excel", read_back),
        ("传出上报包，县里装入", submit),
        ("县里写回执，单位装入", acknowledge),
        ("县里汇总和通报", consolidate),
        ("几个进程一起做表", many_workbooks),
        ("读错误的句子", words),
        ("备份并核对", keep),
    )


def selftest(out: Path) -> int:
    """Run all steps in `out`, which is emptied first, and write report.json there; gives 0 when all
    succeeded, else 1.
    """
    folder = out / "自检"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    prepare(application(), folder)
    trial, steps = Trial(folder), []
    for name, step in Trial.STEPS:
        steps.append(_tried(trial, name, step))
        if not steps[-1]["ok"]:
            break
    trial.close()
    report = {
        "program": PROGRAM, "ok": all(s["ok"] for s in steps) and len(steps) == len(Trial.STEPS),
        "frozen": bool(getattr(sys, "frozen", False)), "system": platform.platform(), "python": platform.python_version(),
        "qt": qVersion(), "screen": application().platformName(), "folder": str(folder), "steps": steps,
    }  # fmt: skip
    (out / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if report["ok"] else 1


def _tried(trial: Trial, name: str, step: Callable[[Trial], str]) -> dict[str, Any]:
    """Run one step; gives its report.json entry with the seconds it took and, if it failed, why."""
    began, told, ok = perf_counter(), "", False
    try:
        told, ok = step(trial), True
    except Exception:
        told = traceback.format_exc()
    return {"name": name, "ok": ok, "seconds": round(perf_counter() - began, 2), "told": told}
