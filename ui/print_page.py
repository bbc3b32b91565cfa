"""打印与上报: the pages as they will come out of the printer, and the ways to have them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from ui import background
from ui.flow import Flow
from ui.icons import dress_button
from ui.paper import Paper
from ui.session import Session
from ui.steps import StepsBar
from ui.theme import Look
from ui.tie import Tie

if TYPE_CHECKING:
    from exports.table import Book

SCALE = 1.35  # preview pixels per pt
PRINT = 300 / 72  # printed pixels per pt
ONE_AT_A_TIME = Lock()  # the PDF library must not be entered by two threads


def render(data: bytes, scale: float) -> list[QImage]:
    """The pages of a PDF as pictures."""
    import pypdfium2

    pages = []
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            look = bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            pages.append(QImage(bytes(bitmap.buffer), *look).copy())
            bitmap.close()
            page.close()
        document.close()
    return pages


class PrintPage(QWidget):
    """Preview, print, save; at the right what ties paper and file together."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        self.data = b""
        self.work: background.Work | None = None
        self.asked = 0  # which preview was asked for last
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tools())
        self.steps = StepsBar()
        layout.addWidget(self.steps)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.paper, self.tie = Paper(look), Tie(session, look)
        self.tie.changed.connect(self.preview)
        row.addWidget(self.paper, 1)
        row.addWidget(self.tie)
        layout.addLayout(row, 1)

    @property
    def pages(self) -> list[QLabel]:
        """The pages that are shown."""
        return self.paper.pages

    def _tools(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("bar")
        row = Flow(bar, (12, 4, 12, 4))
        self.which = QComboBox()
        self.which.setAccessibleName("打印哪张表")
        self.which.currentIndexChanged.connect(lambda _n: self.preview())
        row.addWidget(self.which)
        self.state = QLabel()
        self.state.setProperty("tone", "second")
        row.addWidget(self.state)
        row.stretch()
        self.buttons: dict[str, QPushButton] = {}
        for text, hint, action in (
            ("－", "缩小", lambda: self.paper.set_zoom(-1)),
            ("适合宽度", "一页占满宽度", lambda: self.paper.set_zoom(0)),
            ("＋", "放大", lambda: self.paper.set_zoom(1)),
            ("打印……", "用本机的打印机打印（在本页再按 Ctrl+P）", self.print),
            ("存 PDF", "把这一份存成 PDF 文件", self.save_pdf),
            ("存 Excel", "把全部表存成一本 Excel", self.save_excel),
            ("全套存到文件夹", "每张表一份 PDF，另加一本 Excel", self.save_all),
        ):
            button = QPushButton(text)
            if action == self.print:
                dress_button(button, self.look, "printer")
            button.setToolTip(hint)
            button.setAccessibleName(hint if len(text) == 1 else text)
            button.clicked.connect(lambda _on=False, action=action: action())
            row.addWidget(button)
            self.buttons[text] = button
        return bar

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.follow([])

    def follow(self, _changes: list) -> None:
        """Make the preview anew when it is looked at."""
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
        """The sheets chosen."""
        from exports.sheets import unit_book

        space, n = self.session.space, self.which.currentIndex()
        forms = space.forms if n <= 0 else [self.session.forms[n - 1]]
        return unit_book(space, self.session.unit, self.session.period, forms)

    def preview(self) -> None:
        """Paint the pages in the background and show them."""
        from exports.pdf import paint_book

        book, (profile, black) = self.book(), self._look()
        self.state.setText("正在排版……")
        self.tie.tell()
        self.asked += 1
        asked = self.asked

        def job() -> tuple[int, bytes, list[QImage]]:
            data, _ = paint_book(book, profile, black)
            return asked, data, render(data, SCALE)

        self.work = background.start(job, self._show, self._failed)

    def _look(self) -> tuple[str, bool]:
        settings = self.session.space.settings
        return settings.get("page") or "sheet", settings.get("black") == "yes"

    def _failed(self, why: str) -> None:
        self.state.setText(why)
        self.session.told.emit(why, "red")

    def _show(self, made: tuple[int, bytes, list[QImage]]) -> None:
        asked, data, images = made
        if asked != self.asked:
            return  # something was changed meanwhile; newer pages are on their way
        self.data = data
        self.paper.show_pages(images)
        left = len(self.session.left)
        told = f"，审核还有{left}处没有解决，先改好再报" if left else "，审核通过"
        self.state.setText(f"A4 横　共{len(images)}页{told}")

    def print(self) -> None:
        """Print by the system's printers."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if not self.data or dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return
        self.paint_on(printer)
        self.session.told.emit("已交给打印机", "saved")

    def paint_on(self, printer: QPrinter) -> None:
        """The pages onto a printer, each filling its paper."""
        from PySide6.QtGui import QPageLayout

        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        printer.setFullPage(True)
        painter = QPainter(printer)
        for n, image in enumerate(render(self.data, PRINT)):
            if n:
                printer.newPage()
            painter.drawImage(QRectF(painter.viewport()), image)
        painter.end()

    def save_pdf(self) -> None:
        """Save what is shown."""
        name, _ = QFileDialog.getSaveFileName(self, "另存为 PDF", f"{self.book().name}.pdf", "PDF (*.pdf)")
        if name and self.data:
            self._write(Path(name), lambda path: path.write_bytes(self.data))

    def save_excel(self) -> None:
        """Save the whole set as a workbook."""
        from exports.excel import write_workbook

        book = self.book()
        name, _ = QFileDialog.getSaveFileName(self, "另存为 Excel", f"{book.name}.xlsx", "Excel (*.xlsx)")
        if name:
            path = Path(name)
            self.work = background.start(lambda: write_workbook(path, book), lambda _r: self._saved(path), self._failed)

    def save_all(self) -> None:
        """The whole set into a folder: a PDF for each form, and the workbook."""
        name = QFileDialog.getExistingDirectory(self, "全套存到哪个文件夹")
        if name:
            self.save_into(Path(name))

    def save_into(self, folder: Path) -> None:
        """Write the whole set, one file after another, beside the window."""
        from exports.batch import Job, ready, write_job
        from exports.sheets import unit_book

        session, (profile, black) = self.session, self._look()
        whole = unit_book(session.space, session.unit, session.period, session.space.forms)
        target = folder / whole.name
        todo = [("Excel", Job(target, whole, ("xlsx",)))]
        for number, sheet in enumerate(whole.sheets, 1):
            one = replace(
                whole, name=f"{whole.name}_{number}", title=f"{whole.title}{sheet.form.title}", sheets=(sheet,)
            )
            todo.append((sheet.form.title, Job(target, one, ("pdf",), profile, black)))

        def step(job: Job) -> None:
            ready(target)
            write_job(job)

        steps = [(label, lambda job=job: step(job)) for label, job in todo]
        self.steps.start(steps, lambda n: self._set_saved(n, len(steps), target), self._failed)

    def _set_saved(self, done: int, of: int, target: Path) -> None:
        if done < of:
            self.session.told.emit(f"已停下；{done}份已存到 {target}，其余{of - done}份没有做", "amber")
        else:
            self._saved(target)

    def _write(self, path: Path, job: Callable[[Path], object]) -> None:
        from exports.files import replacing

        def write() -> None:
            with replacing(path) as part:
                job(part)

        self.work = background.start(write, lambda _r: self._saved(path), self._failed)

    def _saved(self, path: Path) -> None:
        self.session.told.emit(f"已存到 {path}", "saved")
