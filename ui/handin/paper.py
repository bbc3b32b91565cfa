"""Print preview: small pages on the left, large ones beside them, white in every theme. The version code is framed,
with a note on the file that has the same code.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from ui.handin.pdf_pages import PageImage
from ui.widgets.theme import Theme

SMALL, STEP, LEAST, MOST = 104, 1.25, 0.4, 2.5
STRIP, EDGE = 30, 6  # px below a page for the tag, and around it
ROOM = 2 * EDGE + 32  # px for edges and the scroll bar
FIT = 0.0  # the zoom that shows a complete page


class Leaf(QWidget):
    """One page. `tag` is the note on its version code, `tone` its colour: acc or amb."""

    def __init__(self, look: Theme, page: PageImage, name: str) -> None:
        super().__init__()
        self.look, self.page = look, page
        self.tag, self.tone = "", "acc"
        self.drawn = QPixmap()
        self.setAccessibleName(name)

    def show_factor(self, factor: float) -> None:
        """Scale the page to `factor` times its picture."""
        image, size = self.page.image, self.look.size
        self.setFixedSize(round(image.width() * factor) + 2 * EDGE, round(image.height() * factor) + EDGE + size(STRIP))

    def show_tag(self, tag: str, tone: str) -> None:
        """Change the note on the version code."""
        self.tag, self.tone = tag, tone
        self.update()

    def paper(self) -> QRectF:
        """The rectangle of the page inside the widget."""
        return QRectF(EDGE, EDGE, self.width() - 2 * EDGE, self.height() - EDGE - self.look.size(STRIP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, sharp = self.paper(), self.devicePixelRatioF()
        wanted = (box.size() * sharp).toSize()
        if self.drawn.size() != wanted:  # scaled once per size, and only for visible pages
            ways = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.drawn = QPixmap.fromImage(self.page.image.scaled(wanted, *ways))
        painter.fillRect(box.adjusted(-1, -1, 1, 1), self.look.colour("line2"))
        painter.drawPixmap(box, self.drawn, QRectF(self.drawn.rect()))
        if self.page.mark and self.tag:
            self._mark(painter, box, self.page.mark)
        painter.end()

    def _mark(self, painter: QPainter, box: QRectF, mark: QRectF) -> None:
        """Paint a frame around the code, and the note below the page."""
        size, colour = self.look.size, self.look.colour("acc" if self.tone == "acc" else "amb")
        at = QRectF(box.x() + mark.x() * box.width(), box.y() + mark.y() * box.height(),
                    mark.width() * box.width(), mark.height() * box.height()).adjusted(-4, -3, 4, 3)  # fmt: skip
        painter.setPen(QPen(colour, 2))
        painter.drawRoundedRect(at, 4, 4)
        font = self.look.font(12, bold=True)
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(self.tag) + size(20)
        left = min(max(at.center().x() - wide / 2, box.left()), box.right() - wide)
        tag = QRectF(left, box.bottom() + size(6), wide, size(21))
        painter.drawLine(QPointF(at.center().x(), at.bottom()), QPointF(at.center().x(), tag.top()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(tag, 4, 4)
        painter.setPen(self.look.colour("on_acc" if self.tone == "acc" else "sheet"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, self.tag)


class Paper(QWidget):
    """`zoom` is a factor of the pictures' size; FIT shows one complete page."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look, self.zoom = look, FIT
        self.pages: list[Leaf] = []
        self.tag, self.tone = "", "acc"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.small = QListWidget()
        self.small.setObjectName("small")
        self.small.setAccessibleName("各页")
        self.small.setViewMode(QListView.ViewMode.IconMode)
        self.small.setFlow(QListView.Flow.TopToBottom)
        self.small.setWrapping(False)
        self.small.setMovement(QListView.Movement.Static)
        self.small.setIconSize(QSize(look.size(SMALL), look.size(SMALL)))
        self.small.setFixedWidth(look.size(SMALL) + 34)
        self.small.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.small.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.small.currentRowChanged.connect(self.go)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("打印预览")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.verticalScrollBar().valueChanged.connect(lambda _v: self._follow())
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(0, 4, 0, 4)
        self.column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setWidget(body)
        row.addWidget(self.small)
        row.addWidget(self.area, 1)

    def show_pages(self, pages: Sequence[PageImage], titles: Sequence[str]) -> None:
        """Show other pages with a caption for each small picture; the scroll position is kept."""
        at = self.small.currentRow()
        self.small.blockSignals(True)
        self.small.clear()
        for leaf in self.pages:
            leaf.hide()
            leaf.deleteLater()
        self.pages = []
        for n, (page, title) in enumerate(zip(pages, titles, strict=True), 1):
            name = f"第{n}页，共{len(pages)}页"
            item = QListWidgetItem(self._icon(page.image), title)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}，{name}")
            self.small.addItem(item)
            leaf = Leaf(self.look, page, name)
            leaf.show_tag(self.tag, self.tone)
            self.column.addWidget(leaf, alignment=Qt.AlignmentFlag.AlignHCenter)
            self.pages.append(leaf)
        self.small.setCurrentRow(min(max(at, 0), len(pages) - 1))
        self.small.blockSignals(False)
        self._scale()

    def _icon(self, image: QImage) -> QIcon:
        side = self.look.size(SMALL)
        ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        small = QPixmap.fromImage(image.scaled(side * 2, side * 2, *ways))
        painter = QPainter(small)
        painter.setPen(QPen(self.look.colour("line2"), 2))
        painter.drawRect(small.rect().adjusted(1, 1, -1, -1))
        painter.end()
        small.setDevicePixelRatio(2)
        made = QIcon(small)
        made.addPixmap(small, QIcon.Mode.Selected)  # paper stays white
        return made

    def show_tag(self, tag: str, tone: str = "acc") -> None:
        """Change the note on the version code on all pages."""
        self.tag, self.tone = tag, tone
        for leaf in self.pages:
            leaf.show_tag(tag, tone)

    def set_zoom(self, way: int) -> None:
        """Zoom in (1), out (-1), or to a complete page (0)."""
        now = self._factor()
        self.zoom = min(max(now * STEP**way, LEAST), MOST) if way else FIT
        self._scale()

    def _factor(self) -> float:
        if self.zoom or not self.pages:
            return self.zoom or 1.0
        images = [leaf.page.image for leaf in self.pages]
        wide = (self.area.width() - ROOM) / max(i.width() for i in images)
        high = (self.area.height() - self.look.size(STRIP) - EDGE - 10) / max(i.height() for i in images)
        return max(min(wide, high), LEAST)

    def _scale(self) -> None:
        factor = min(self._factor(), MOST)
        for leaf in self.pages:
            leaf.show_factor(factor)

    def go(self, n: int) -> None:
        """Scroll to page `n`."""
        if 0 <= n < len(self.pages):
            self.column.activate()
            body = self.area.widget()
            body.resize(
                body.width(), max(body.sizeHint().height(), self.area.viewport().height())
            )  # not a moment later
            self.area.verticalScrollBar().setValue(self.pages[n].y() - 4)

    def _follow(self) -> None:
        """Select the small picture of the page that is visible."""
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() / 2
        seen = [n for n, leaf in enumerate(self.pages) if leaf.y() <= middle]
        if seen and seen[-1] != self.small.currentRow():
            self.small.blockSignals(True)
            self.small.setCurrentRow(seen[-1])
            self.small.blockSignals(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.zoom:
            self._scale()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.zoom:
            self._scale()
