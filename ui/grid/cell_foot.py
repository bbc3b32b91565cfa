"""The strip below an editor for long text: its three keys, and the length of the text."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QWidget

from ui.widgets.theme import Theme

HIGH = 24
KEYS = "Enter 存　Alt+Enter 换行　Esc 不改"


class CellFoot(QWidget):
    """Placed along the lower edge of its editor."""

    def __init__(self, editor: QPlainTextEdit, look: Theme, limit: int) -> None:
        super().__init__(editor)
        self.editor, self.high, self.limit = editor, look.size(HIGH), limit
        self.setObjectName("cellfoot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#cellfoot {{ background: {look.tokens['acc_tint']} }}")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(8), 0, look.size(8), 0)
        self.keys, self.count = QLabel(KEYS), QLabel()
        for label, stretch in ((self.keys, 1), (self.count, 0)):
            label.setFont(look.font(12))
            label.setProperty("tone", "second")
            row.addWidget(label, stretch)
        editor.setViewportMargins(0, 0, 0, self.high)
        editor.installEventFilter(self)
        editor.textChanged.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        length = len(self.editor.toPlainText())
        self.count.setText(f"{length}字" + (f"，最多{self.limit}字" if length > self.limit > 0 else ""))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            edge = self.editor.frameWidth()
            box = self.editor.rect().adjusted(edge, 0, -edge, -edge)
            self.setGeometry(box.left(), box.bottom() - self.high + 1, box.width(), self.high)
        return super().eventFilter(editor, event)
