"""Pages on the screen: small ones at the left to choose from, large ones beside them; paper stays white."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Look

SMALL, STEP, LEAST, MOST = 112, 1.25, 0.4, 2.5
ROOM = 44  # px for edges and the scroll bar
FIT = 0.0  # the zoom that fits the width


class Paper(QWidget):
    """`zoom` is a factor of the pages as they were made; FIT makes them as wide as there is room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look, self.zoom = look, FIT
        self.images: Sequence[QImage] = ()
        self.pages: list[QLabel] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.small = QListWidget()
        self.small.setAccessibleName("各页")
        self.small.setIconSize(QSize(look.size(SMALL), look.size(SMALL)))
        self.small.setFixedWidth(look.size(SMALL) + look.size(36) + 30)
        self.small.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.small.currentRowChanged.connect(self.go)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("打印预览")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setWidget(body)
        row.addWidget(self.small)
        row.addWidget(self.area, 1)

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Other pages; the place in them is kept."""
        at = self.small.currentRow()
        self.images = images
        self.small.blockSignals(True)
        self.small.clear()
        for label in self.pages:
            label.deleteLater()
        self.pages = []
        for n, image in enumerate(images, 1):
            side = QSize(self.look.size(SMALL), self.look.size(SMALL))
            small = image.scaled(side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            icon = QIcon(QPixmap.fromImage(small))
            icon.addPixmap(QPixmap.fromImage(small), QIcon.Mode.Selected)  # paper stays white
            item = QListWidgetItem(icon, str(n))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"第{n}页，共{len(images)}页")
            self.small.addItem(item)
            label = QLabel()
            label.setAccessibleName(f"第{n}页，共{len(images)}页")
            self.column.addWidget(label)
            self.pages.append(label)
        self.small.setCurrentRow(min(max(at, 0), len(images) - 1))
        self.small.blockSignals(False)
        self._scale()

    def set_zoom(self, way: int) -> None:
        """Larger (1), smaller (-1), or as wide as there is room (0)."""
        now = self._factor()
        self.zoom = min(max(now * STEP**way, LEAST), MOST) if way else FIT
        self._scale()

    def _factor(self) -> float:
        if self.zoom or not self.images:
            return self.zoom or 1.0
        return max((self.area.width() - ROOM) / max(i.width() for i in self.images), LEAST)

    def _scale(self) -> None:
        factor = min(self._factor(), MOST)
        for label, image in zip(self.pages, self.images, strict=True):
            wide = round(image.width() * factor)
            label.setPixmap(QPixmap.fromImage(image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)))

    def go(self, n: int) -> None:
        """Bring a page into sight."""
        if 0 <= n < len(self.pages):
            self.column.activate()
            self.area.verticalScrollBar().setValue(self.pages[n].y() - 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.zoom:
            self._scale()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.zoom:
            self._scale()
