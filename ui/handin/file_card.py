"""The submission's file: its name, revision, version code, size, and who can open it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from ui.widgets.heading import label
from ui.widgets.icons import icon
from ui.widgets.theme import Theme


class FileCard(QFrame):
    """A card; facts that are not known yet are omitted."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        row = QHBoxLayout(self)
        row.setContentsMargins(*(look.size(n) for n in (10, 6, 10, 6)))
        row.setSpacing(look.size(10))
        picture = QLabel()
        picture.setPixmap(icon(look, "package").pixmap(look.size(20), look.size(20)))
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(1)
        row.addLayout(column, 1)
        self.name, self.about = label(column), label(column, tone="second")

    def tell(self, name: str, *about: str) -> None:
        """Show the file's name (or the name it will have) and its other facts."""
        self.name.setText(name.replace("_", "_\u200b"))  # a long name may go on in a second line
        self.about.setText("  ".join(filter(None, about)))
