"""打印与上报: the print preview on the left, the last steps of the period on the right; both show the version code."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from models.store.change import Change
from ui.handin.last_steps import WIDTH, LastSteps
from ui.handin.print_page import PrintPage
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.follow import follow
from ui.widgets.theme import Theme
from ui.window.page import PRINT, override

SHARE = 0.46  # of the page's width that the steps take at most


class HandInPage(PrintPage):
    """The third and fourth step of the unit's rail."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__(session, look)
        self.buttons["打印……"].hide()  # it is in its step
        self.column.tell()
        self._tag()

    def make_side(self) -> QWidget:
        """The column of steps."""
        self.column = LastSteps(self.session, self.look)
        self.column.wanted.connect(self.cell_wanted)
        self.column.paper.asked.connect(self.print)
        self.column.wait.files.connect(self.choose)
        follow(self, self.column.write.sending.ended, self.refresh)
        self.printed.connect(self.refresh)
        return self.column

    def refresh(self) -> None:
        """Show the state after something was printed or written."""
        self.tell()
        self.step_changed.emit()

    def tell(self) -> None:
        """Show the present steps, and compare the paper's version code with the file's."""
        self.column.tell()
        self._tag()

    def _tag(self) -> None:
        now = self.column.now
        if now.newest is None and not now.checked:
            self.paper.show_tag("审核还没有通过，改了以后版本码会变", "amb")
        elif now.newest is None:
            self.paper.show_tag("传出的文件也是这个版本码")
        elif now.newest.about.get("code") == now.code:
            self.paper.show_tag(f"与文件同一个版本码（第{now.newest.revision}版）")
        else:
            self.paper.show_tag(f"与第{now.newest.revision}版不是同一份，传出以后改过", "amb")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the steps where large text would leave the paper too little room."""
        super().resizeEvent(event)
        self.column.setFixedWidth(min(self.look.size(WIDTH), round(self.width() * SHARE)))

    @override
    def enter(self, name: str) -> None:
        """Focus the next button to press: that for printing if `name` is the printing step, else that of the present
        step.
        """
        self.setFocus()
        self.column.stand_on(self.column.paper if name == PRINT else None)

    @override
    def next_step(self, way: int) -> None:
        """Focus the next (1) or previous (-1) step with a button that can be pressed."""
        self.column.walk(way)

    ## loading

    def choose(self) -> None:
        """Ask for files of the county and load them."""
        names = choosing.files(self, "装入县里的文件")
        if names:
            self.take_in([Path(n) for n in names])

    @override
    def take_in(self, paths: Sequence[Path]) -> None:
        """Load files of any kind; a single foreign table goes to the column mapping."""
        from ui.loads.column_mapping import take_over

        with reporting(self.session):
            taken = take_over(self.session, paths[0], self.look, self) if len(paths) == 1 else None
            self._take(paths, taken)

    def _take(self, paths: Sequence[Path], taken: str | None) -> None:
        """Load files, unless `taken` (the message of the column mapping) shows that it has handled them; '' after a
        cancel.
        """
        from ui.loads.load_dialog import load_files

        if taken is not None:
            if taken:
                self.session.message.emit(taken, "saved")
            return
        changes: list[Change] = []
        told = load_files(self.session.space, paths, self.look, self, changes.extend)
        if told:
            self.loaded.emit()
            self.session.remember("装入工作簿", changes)
            self.session.message.emit(told, "saved")
