"""打印与上报: the pages as they will come out of the printer, and the ways to have them."""

from pathlib import Path
from threading import Lock

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from exports.table import Book
from ui import background
from ui.session import Session
from ui.theme import Look

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
    """Preview, print, save."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        self.data = b""
        self.pages: list[QLabel] = []
        self.work: background.Work | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._tools())
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("打印预览")
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setWidget(body)
        layout.addWidget(self.area, 1)

    def _tools(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 12, 4)
        self.which = QComboBox()
        self.which.setAccessibleName("打印哪张表")
        self.which.currentIndexChanged.connect(lambda _n: self.preview())
        row.addWidget(self.which)
        self.state = QLabel()
        self.state.setProperty("tone", "second")
        row.addWidget(self.state, 1)
        for text, hint, action in (
            ("打印", "用本机的打印机打印（Ctrl+P）", self.print),
            ("另存为 PDF", "把这一份存成 PDF 文件", self.save_pdf),
            ("另存为 Excel", "把全部表存成一本 Excel", self.save_excel),
        ):
            button = QPushButton(text)
            button.setToolTip(hint)
            button.clicked.connect(action)
            row.addWidget(button)
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

    def book(self) -> Book:
        """The sheets chosen."""
        from exports.sheets import unit_book

        space, n = self.session.space, self.which.currentIndex()
        forms = space.forms if n <= 0 else [self.session.forms[n - 1]]
        return unit_book(space, self.session.unit, self.session.period, forms)

    def preview(self) -> None:
        """Paint the pages in the background and show them."""
        from exports.pdf import paint_book

        book, settings = self.book(), self.session.space.settings
        profile, black = settings.get("page") or "sheet", settings.get("black") == "yes"
        self.state.setText("正在排版……")

        def job() -> tuple[bytes, list[QImage]]:
            data, _ = paint_book(book, profile, black)
            return data, render(data, SCALE)

        self.work = background.start(job, self._show, self._failed)

    def _failed(self, why: str) -> None:
        self.state.setText(why)

    def _show(self, made: tuple[bytes, list[QImage]]) -> None:
        self.data, images = made
        for label in self.pages:
            label.deleteLater()
        self.pages = []
        for n, image in enumerate(images, 1):
            label = QLabel()
            label.setPixmap(QPixmap.fromImage(image))
            label.setAccessibleName(f"第{n}页，共{len(images)}页")
            self.column.addWidget(label)
            self.pages.append(label)
        left = len(self.session.left)
        told = f"，审核还有{left}处没有解决，先改好再报" if left else "，审核通过"
        self.state.setText(f"共{len(images)}页{told}")

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

    def _write(self, path: Path, job: object) -> None:
        from exports.files import replacing

        def write() -> None:
            with replacing(path) as part:
                job(part)  # type: ignore[operator]

        self.work = background.start(write, lambda _r: self._saved(path), self._failed)

    def _saved(self, path: Path) -> None:
        self.session.told.emit(f"已存到 {path}", "saved")
