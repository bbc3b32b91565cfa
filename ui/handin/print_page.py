"""打印与上报: print preview, printing, and saving as PDF, workbook or all formats."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip
from shiboken6 import isValid

from forms.states import Role
from models.reporting.print_log import Printing, note_printing
from models.reporting.version_code import data_code
from models.store.change import Change
from ui.handin.paper import Paper
from ui.handin.paper_menu import PaperMenu
from ui.handin.pdf_pages import PageImage, render
from ui.handin.printer import ask_printer, asked, complete_forms, painting
from ui.handin.version_link import VersionLink
from ui.operations.failure import run
from ui.operations.operation import Operation, running
from ui.operations.progress_row import ProgressRow
from ui.operations.work import JobHandle, Sliced, Threaded
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.icons import dress_button
from ui.widgets.theme import Theme
from ui.window.page import Page, override

if TYPE_CHECKING:
    from exports.sheets.sheet import Book

SCALE = 1.35  # preview pixels per pt


class PrintPage(Page):
    """Preview, print, save; `side` is the widget beside the pages. `printed` is emitted when pages were sent to a
    printer.
    """

    printed = Signal()

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        self.data, self.code = b"", ""  # version code of the pages shown
        self.titles: list[str] = []  # title of the form on each page
        self.asked = self.made = 0  # number of the preview asked for last, and of the one shown
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tools())
        self.steps = ProgressRow("取消", "做完手上这一份就停；已经存好的留着", QSize(200, 10), (12, 4))
        self.steps.cancel.clicked.connect(lambda: self.steps.label.setText("正在停下……"))
        self.paper = Paper(look)
        column.addWidget(self.steps)
        column.addWidget(self.paper, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        self.side = self.make_side()
        row.addWidget(self.side)
        self.paper.small.currentRowChanged.connect(lambda _n: self._say_page())

    def make_side(self) -> QWidget:
        """The widget beside the pages."""
        return VersionLink(self.session, self.look)

    def tell(self) -> None:
        """Update the widget beside the pages."""
        assert isinstance(self.side, VersionLink)
        self.side.tell()
        self.paper.show_tag(*self.side.tag())

    @property
    def pages(self) -> list[QWidget]:
        """The pages shown."""
        return list(self.paper.pages)

    def _tools(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("bar")
        row = FlowLayout(bar, (12, 4, 12, 4))
        self.which = QComboBox()
        self.which.setAccessibleName("打印哪张表")
        self.which.currentIndexChanged.connect(lambda _n: self.preview())
        row.addWidget(self.which)
        self.state = QLabel()
        self.state.setProperty("tone", "second")
        row.addWidget(self.state)
        row.stretch()
        self.buttons: dict[str, QAbstractButton] = {}
        for text, hint, icon, action in (
            ("缩小", "缩小", "zoom-out", lambda: self.paper.set_zoom(-1)),
            ("适合窗口", "看见整页", "", lambda: self.paper.set_zoom(0)),
            ("放大", "放大", "zoom-in", lambda: self.paper.set_zoom(1)),
            ("打印……", "用本机的打印机打印（在本页再按 Ctrl+P）", "printer", self.print),
            ("存 PDF", "把这一份存成 PDF 文件", "file-text", self.save_pdf),
            ("存 Excel", "把全部表存成一本 Excel", "file-spreadsheet", self.save_excel),
            ("存全套", "存到文件夹：每张表一份 PDF，另加一本 Excel", "folder", self.save_all),
        ):
            if text == "存 PDF":
                self.menu = PaperMenu(self.session)
                self.menu.setProperty("tone", "flat")
                self.menu.changed.connect(self.preview)
                row.addWidget(self.menu)
            row.addWidget(self._tool(text, hint, icon, action))
        return bar

    def _tool(self, text: str, hint: str, icon: str, action: Callable[[], None]) -> QAbstractButton:
        button: QAbstractButton = QToolButton() if icon.startswith("zoom") else QPushButton(text)
        button.setProperty("tone", "flat")
        button.setToolTip(hint)
        button.setAccessibleName(text)
        if icon:
            dress_button(button, self.look, icon)
        button.clicked.connect(lambda: action())
        self.buttons[text] = button
        return button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow([])

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        """Render the preview again if the page is visible; otherwise it is rendered when the page is shown."""
        if not self.isVisible():
            return
        titles = ["全部", *(f.title for f in self.session.forms)]
        if [self.which.itemText(n) for n in range(self.which.count())] != titles:
            self.which.blockSignals(True)
            self.which.clear()
            self.which.addItems(titles)
            self.which.blockSignals(False)
        self.preview()

    def book(self) -> "Book":
        """The sheets chosen, as one document."""
        from exports.sheets.unit_sheets import unit_book

        space, n = self.session.space, self.which.currentIndex()
        forms = space.forms if n <= 0 else [self.session.forms[n - 1]]
        return unit_book(space, self.session.unit, self.session.period, forms)

    def preview(self) -> None:
        """Render the pages in the background and show them."""
        from exports.pdf.painter import paint_sheets

        book, (profile, black) = self.book(), self._look()
        code = data_code(self.session.space.forms, self.session.ctx)
        self.state.setText("正在排版……")
        self.tell()
        self.asked += 1
        asked = self.asked

        def job(_task: JobHandle) -> tuple[int, bytes, str, list[str], list[PageImage]]:
            data, counts = paint_sheets(book, profile, black)
            titles = [s.form.title for s, n in zip(book.sheets, counts, strict=True) for _ in range(n)]
            return asked, data, code, titles, render(data, SCALE, f"版本码 {code}")

        operation = Operation(self.paper, self.session, Threaded(job), "正在排版").replacing()
        operation.on_done(self._show).on_error(self._failed).start()

    def _look(self) -> tuple[str, bool]:
        settings = self.session.space.settings
        return settings.get("page") or "sheet", settings.get("black") == "yes"

    def _failed(self, why: str) -> None:
        if isValid(self.state):  # the page may be closed before all files are written
            self.state.setText(why)
        self.session.message.emit(why, "red")

    def _show(self, made: tuple[int, bytes, str, list[str], list[PageImage]]) -> None:
        asked, data, code, titles, images = made
        if asked != self.asked:
            return  # something was changed meanwhile; newer pages are on their way
        self.data, self.code, self.titles, self.made = data, code, titles, asked
        first = [n == 0 or titles[n - 1] != title for n, title in enumerate(titles)]
        words = [
            f"{title}\n{n}" if new else str(n) for n, (title, new) in enumerate(zip(titles, first, strict=True), 1)
        ]
        self.paper.show_pages(images, words)
        self._say_page()

    def _say_page(self) -> None:
        """Show the number of the current page and of all pages."""
        at, count = self.paper.small.currentRow(), len(self.titles)
        if 0 <= at < count == len(self.pages):
            self.state.setText(f"{self.titles[at]}　A4 横　第{at + 1}页，共{count}页")

    @override
    def print_pages(self) -> bool:
        self.print()
        return True

    def print(self) -> None:
        """Open the system's print dialog and print."""
        if not self.data or self.made != self.asked:
            self.session.message.emit("正在排版，排好再打印", "amber")
        elif running(self) is not None:
            self.session.message.emit("正在打印，打完再按", "amber")
        elif printer := ask_printer(self, self.book().title, len(self.pages)):
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the chosen pages, one at each step, then record the printing."""
        first, last = asked(printer, len(self.pages))
        operation = Operation(self, self.session, Sliced(painting(printer, self.data, first, last)), "正在打印")
        operation.on_progress(
            lambda n, _: self.state.setText(f"正在打印第{n}页，共{last - first + 1}页") if n else None
        )
        operation.on_done(lambda _: self._printed(printer, first, last)).to_the_end().start()

    def _printed(self, printer: QPrinter, first: int, last: int) -> None:
        self._say_page()
        if printer.outputFileName():
            self.session.message.emit(f"已存到 {printer.outputFileName()}", "saved")
        else:
            self.note(printer.printerName(), printer.copyCount(), first, last)

    def note(self, printer: str, copies: int, first: int, last: int) -> None:
        """Record that pages were sent to a printer; only in a unit's own workspace, as the county's prints are not
        reported paper.
        """
        session = self.session
        whole = complete_forms(self.titles, {f.title: f.name for f in session.space.forms}, first, last)
        made = Printing(self.code, whole, last - first + 1, copies, printer)
        unit = session.space.role == Role.UNIT
        if unit and not run(session, lambda: note_printing(session.space, session.unit.code, session.period, made)):
            return
        session.message.emit(f"已交给打印机{f'：{printer}' if printer else ''}", "saved")
        self.printed.emit()

    def save_pdf(self) -> None:
        """Save the pages shown as a PDF."""
        name = choosing.new_file(self, "另存为 PDF", f"{self.book().name}.pdf", "PDF (*.pdf)")
        if name and self.data:
            self._write(Path(name), lambda path: path.write_bytes(self.data))

    def save_excel(self) -> None:
        """Save all forms as a workbook."""
        from exports.excel.workbook import write_workbook

        book = self.book()
        name = choosing.new_file(self, "另存为 Excel", f"{book.name}.xlsx", "Excel (*.xlsx)")
        if name:
            path = Path(name)
            self._save(path, lambda: write_workbook(path, book))

    def save_all(self) -> None:
        """Ask for a folder and save all forms in every format."""
        name = choosing.folder(self, "全套存到哪个文件夹")
        if name:
            self.save_into(Path(name))

    def save_into(self, folder: Path) -> None:
        """Write all forms into a folder in every format, in the background."""
        from exports.batch import Job, files, ready
        from exports.sheets.unit_sheets import unit_book
        from exports.writers import FORMATS

        session = self.session
        whole = unit_book(session.space, session.unit, session.period, session.space.forms)
        target = folder / whole.name
        todo = files(Job(target, whole, FORMATS, *self._look()))

        def write_set(task: JobHandle) -> int:
            for n, file in enumerate(todo):
                if task.cancelled:
                    return n
                task.reach(n, f"正在做第{n + 1}份，共{len(todo)}份：{file.label}")
                ready(target)
                file.write()
            return len(todo)

        operation = Operation(session, session, Threaded(write_set), "正在存全套").with_progress(self.steps, len(todo))
        operation.on_done(lambda n: self._set_saved(n, len(todo), target))
        operation.on_cancel(lambda n: self._set_saved(n, len(todo), target)).on_error(self._failed).start()

    def _set_saved(self, done: int, of: int, target: Path) -> None:
        if done < of:
            self.session.message.emit(f"已停下；{done}份已存到 {target}，其余{of - done}份没有做", "amber")
        else:
            self._saved(target)

    def _write(self, path: Path, job: Callable[[Path], object]) -> None:
        from models.store.atomic_file import replacing

        def write() -> None:
            with replacing(path) as part:
                job(part)

        self._save(path, write)

    def _save(self, path: Path, job: Callable[[], object]) -> None:
        operation = Operation(self.steps, self.session, Threaded(lambda _: job()), f"正在存 {path.name}")
        operation.on_done(lambda _: self._saved(path)).on_error(self._failed).start()

    def _saved(self, path: Path) -> None:
        self.session.message.emit(f"已存到 {path}", "saved")
