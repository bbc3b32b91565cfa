"""Work on ten thousand lines beside the window: in slices, with a bar that says how far it is and a button that leaves it
off. Nothing is written before all of it is done, so what is left off leaves nothing.
"""

import gc
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from models.errors import UserError
from ui.operations.gc_guard import garbage
from ui.operations.slices import Slices
from ui.widgets.follow import follow
from ui.widgets.theme import Look

MANY = 1000  # lines; fewer take no time that anybody notices


class LongWork(QObject):
    """One piece of work at a time. `moved` tells what is done, how many lines of how many; `ended` that it is over;
    `told` a line for the foot.
    """

    moved = Signal(str, int, int)
    ended = Signal()
    told = Signal(str, str)  # text, tone

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.words, self.lines, self.steps = "", 0, 1
        self.done: Callable[[], object] = _nothing
        self.slices = Slices(self)
        self.slices.moved.connect(lambda n: self.moved.emit(self.words, min(n // self.steps, self.lines), self.lines))
        self.slices.failed.connect(lambda why: self.told.emit(why, "red"))
        self.slices.ended.connect(lambda _found, _whole: self._end())

    @property
    def why(self) -> str:
        """Why nothing may be edited now; '' while there is no work."""
        return f"{self.words}，做完再改；不想等就按“取消”" if self.slices.running else ""

    def run(self, words: str, lines: int, work: Iterator[None], done: Callable[[], object], steps: int = 1) -> None:
        """Do the work, at once where it is about few lines; `done` is called where it came to its end. Each line takes
        so many steps of the work.
        """
        if self.slices.running:
            self.told.emit(self.why, "amber")
            return
        self.words, self.lines, self.steps, self.done = f"{words}{lines:,}行", lines, steps, done
        self.whole = False
        if lines < MANY:
            self._at_once(work)
        else:
            self.moved.emit(self.words, 0, lines)
            garbage().asleep = True  # it would be looked for again and again, and nothing of this is garbage
            self.slices.start(self._to_the_end(work))

    def _at_once(self, work: Iterator[None]) -> None:
        try:
            for _ in work:
                pass
        except UserError as error:
            self.done = _nothing
            self.told.emit(str(error), "red")
        else:
            self._finish()

    def _finish(self) -> None:
        """Call `done` once and forget it: it may hold a page, and this lives longer."""
        done, self.done = self.done, _nothing
        done()

    def _to_the_end(self, work: Iterator[None]) -> Iterator[None]:
        yield from work
        self.whole = True  # only now, whatever went wrong in between

    def _end(self) -> None:
        self.ended.emit()
        if self.whole:
            self._finish()
        else:
            self.done = _nothing
        gc.freeze()  # nor will it be: else every hundredth key stroke would wait for a look through all the lines
        garbage().asleep = False

    def stop(self) -> None:
        """Leave off: nothing was written."""
        if self.slices.running:
            self.slices.stop()
            self.told.emit(f"已取消{self.words.removeprefix('正在')}，什么都没有改", "amber")


def _nothing() -> None:
    """What is done after no work."""


class WorkBar(QWidget):
    """Hidden while there is no long work."""

    def __init__(self, work: LongWork, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(12), look.size(4), look.size(12), look.size(4))
        self.bar, self.label = QProgressBar(textVisible=False), QLabel()
        self.bar.setFixedSize(look.size(200), look.size(10))
        self.bar.setAccessibleName("进度")
        self.leave = QPushButton("取消　Esc")
        self.leave.setToolTip("停下来，什么都不改")
        self.leave.clicked.connect(work.stop)
        for part, stretch in ((self.bar, 0), (self.label, 1), (self.leave, 0)):
            row.addWidget(part, stretch)
        self.esc = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, work.stop)
        self.esc.setContext(Qt.ShortcutContext.WindowShortcut)
        follow(self, work.moved, self._moved)
        follow(self, work.ended, self.hide)
        self.hide()

    def _moved(self, words: str, done: int, lines: int) -> None:
        self.bar.setRange(0, lines)
        self.bar.setValue(done)
        self.label.setText(f"{words}：做完{done:,}行")
        self.show()
