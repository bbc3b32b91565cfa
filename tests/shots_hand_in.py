"""Pictures of 打印与上报 in every state in which a clerk can find it; part of tests.shots."""

from collections.abc import Callable, Iterator
from pathlib import Path

from models.reporting.sample import fill
from tests.shots_fixed import UNIT_TIME, folder, give_keys, lay_out, set_time, settle
from tests.travel import PERIOD, Desk
from ui.handin.drives import Drive
from ui.handin.hand_in_page import HandInPage
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page import SEND

UNIT = "瓦屋塘镇"
Snap = Callable[[MainWindow, str], object]


class Stage:
    """A county, a unit that has its hand-out, a window on 打印与上报, and sticks."""

    def __init__(self, folder: Path, look: Theme, size: tuple[int, int]) -> None:
        self.folder, self.county, self.unit = folder, Desk.county(folder / "县办"), Desk(folder / "填报")
        give_keys(self.county.work, UNIT)
        self.unit.load(self.county.hand_out(UNIT))
        give_keys(self.unit.work)
        self.unit.work.set({"current": PERIOD, "person": "示例"})
        self.window = MainWindow(Session(self.unit.work), look)
        self.window.resize(*size)
        self.window.show()
        self.sticks: list[Drive] = []

    @property
    def page(self) -> HandInPage:
        """The page as it is now: another one after files came in."""
        page = self.window.pages[SEND]
        assert isinstance(page, HandInPage)
        page.column.write.plugged = lambda: self.sticks
        page.column.tell()
        return page

    def plug(self, name: str, writable: bool = True) -> Path:
        """One more stick."""
        at = self.folder / name
        at.mkdir(exist_ok=True)
        self.sticks.append(Drive(at, name, "FAT32", 3435973837, writable))
        return at

    def again(self) -> None:
        """Everything read anew."""
        self.window.session.refresh()

    def fill(self) -> None:
        """Two months without mistakes."""
        for month in ("2024-09", PERIOD):
            fill(self.unit.work, self.unit.work.plan.period(month))
        self.again()

    def print(self) -> None:
        """As if the whole set had gone to a printer."""
        self.window.show_page(SEND)
        settle(self.window)
        self.page.note("示例打印机", 2, 1, len(self.page.pages))

    def write(self) -> None:
        """Out, to its end."""
        self.page.column.write.write_out()
        self.page.column.write.sending.wait()

    def to_county(self, which: str) -> None:
        """The file of a revision to the county."""
        self.county.load(*[p for d in self.sticks for p in d.folder.iterdir() if which in p.name])


def states(stage: Stage) -> Iterator[str]:
    """The states, one after another, as a month goes."""
    yield "没有填"
    stage.fill()
    stage.unit.write("tasks", 1, "chief", None)
    stage.again()
    yield "有问题"
    stage.unit.write("tasks", 1, "chief", "示例")
    stage.again()
    yield "没有U盘"
    stage.plug("写保护的盘", writable=False)
    yield "写保护"
    stage.sticks.clear()
    stage.plug("KINGSTON")
    yield "可以打印"
    stage.print()
    yield "可以写"
    stage.plug("示例盘")
    yield "两个U盘"
    stage.sticks.pop()
    stage.page.column.write.write_out()
    yield "正在写"
    stage.page.column.write.sending.wait()
    yield "可以拔"
    stage.page.column.write.compare()
    yield "又核对过"
    stage.sticks.clear()
    yield "拔下以后"
    stage.plug("KINGSTON")
    stage.to_county("r001")
    said = (("tasks", 2, "progress", "请写具体数字"), ("tasks", 3, "percent", "累计数不应减少，请核实"))
    stage.unit.load(stage.county.send_back(UNIT, *said))
    stage.again()
    yield "退回"
    stage.unit.write("tasks", 2, "progress", "本期新建2处，累计完成12处，正在做收尾工作。")
    stage.window.session.renew()
    box = stage.page.column.returned
    box.list.setCurrentRow(1)
    box.text.setText("已核实，数字无误")
    box.reply()
    yield "办完退回"
    stage.print()
    full = stage.folder / "满的盘"
    full.write_text("", "utf-8")  # where a folder should be
    stage.page.column.write.sending.start(full / "里面", place="满的盘")
    stage.page.column.write.sending.wait()
    yield "没有写成"
    stage.write()
    yield "第2版"
    stage.to_county("r002")
    stage.unit.load(stage.county.receipt(UNIT))
    stage.again()
    yield "收到回执"
    stage.unit.work.apply(stage.unit.work.close_off(PERIOD), "封存")
    stage.again()
    yield "封存"


def shoot_hand_in(look: Theme, size: tuple[int, int], snap: Snap) -> None:
    """All states in one look."""
    set_time(UNIT_TIME)
    with folder() as root:
        stage = Stage(root, look, size)
        for name in states(stage):
            stage.window.show_page(SEND)
            stage.page.column.write.show_sticks()
            if stage.page.column.write.sending.busy:
                lay_out()
            else:
                settle(stage.window)
            snap(stage.window, name)
        stage.window.close()
        stage.county.close()
