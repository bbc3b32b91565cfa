"""How a cell looks, and how it is edited in place."""

from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QPainter, QTextCursor, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)  # fmt: skip

from ui.grid.cell_foot import CellFoot
from ui.grid.cell_state import CellState
from ui.grid.record_table import STATE, Index, RecordTable
from ui.widgets import editors, marks
from ui.widgets.day_edit import DayEdit
from ui.widgets.theme import Theme

PAD, EQUAL = 6, 6
LINES, MOST = 2, 60
STAY, DOWN, UP, RIGHT, LEFT = range(5)


@lru_cache(maxsize=8000)
def broken(text: str, width: int, family: str, size: int, bold: bool, lines: int) -> tuple[str, ...]:
    """The text in at most `lines` lines; the last one ends with … where the text is cut."""
    font = QFont(family)
    font.setPixelSize(size)
    font.setBold(bold)
    metrics, found = QFontMetricsF(font), []
    for part in text.split("\n"):
        layout = QTextLayout(part, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            found.append(part[line.textStart() : line.textStart() + line.textLength()])
            if len(found) > lines:
                break
        layout.endLayout()
    if len(found) > lines:
        rest = found[lines - 1] + found[lines]
        found = [*found[: lines - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
    return tuple(found)


class CellDelegate(QStyledItemDelegate):
    """Paints cells by their CellState, and edits them in place. `left` tells the grid which way to go after an edit."""

    edit_ended = Signal(int)
    filled = Signal(QWidget)  # Ctrl+Enter: the editor's text is for every cell of the block

    def __init__(self, look: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.editing: QWidget | None = None
        self.lines = LINES  # of text in a cell
        self.tally = 10**6  # x of a group's boxes in the view
        self.replaces = True  # whether typing replaces the cell's text
        self.taken = True  # whether the last commit was saved

    ## painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: CellState = index.data(STATE)
        cell = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.fillRect(option.rect, self.look.colour(self._ground(state, selected and not focus)))
        painter.setPen(self.look.colour("grid"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if not state.group:
            painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        self._text(painter, option.rect, index, state)
        self._signs(painter, cell, state)
        if state.boxes and isinstance(option.widget, QAbstractItemView):
            self._tally(painter, option.widget, option.rect, state.boxes)
        painter.restore()

    def _tally(self, painter: QPainter, view: QAbstractItemView, rect: QRect, boxes: tuple[bool, ...]) -> None:
        """A small box per line of the group, hollow where the line has open items; it does not scroll sideways."""
        x = self.tally + PAD
        if x > view.viewport().width():
            return  # painted by the other view
        x = marks.boxes(painter, self.look, boxes, x, rect.center().y())
        left = sum(boxes)
        painter.setFont(self.look.font(12, bold=bool(left)))
        painter.setPen(self.look.colour("acc" if left else "ink2"))
        box = QRect(x + 8, rect.top(), 400, rect.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, f"剩{left}项" if left else "填好了")

    def _ground(self, state: CellState, selected: bool) -> str:
        if selected:
            return "acc_sel"
        if state.level == "A" and not state.blank:
            return "red_tint"
        return "sunk" if state.group else "locked" if state.locked else "sheet"

    def _text(self, painter: QPainter, rect: QRect, index: Index, state: CellState) -> None:
        text = index.data() or ""
        font = self.look.font(13, bold=state.group)
        painter.setFont(font)
        painter.setPen(self.look.colour("ink3" if state.carried else "ink2" if state.locked else "ink"))
        box = rect.adjusted(PAD, 2, -PAD - self._aside(state), -2)
        if state.mark:
            marks.status(painter, self.look, state.mark, box.left() + 7, box.center().y())
            box.adjust(17, 0, 0, 0)
        how = font.family(), font.pixelSize(), font.bold(), self.lines
        lines = broken(text, box.width(), *how)
        if state.carried and len(lines) > 1:
            lines = broken(text, box.width() - EQUAL, *how)  # the sign is beside the first line
        painter.drawText(box, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), "\n".join(lines))

    def _aside(self, state: CellState) -> int:
        """The width in px that the sign in the right top corner needs."""
        return 14 if state.files or state.corrected else 0

    def _signs(self, painter: QPainter, cell: QRectF, state: CellState) -> None:
        if state.blank:
            marks.dotted(painter, self.look, cell)
        if state.level and not state.settled and not state.blank:
            marks.corner(painter, self.look.colour("red" if state.level in "AB" else "amb_mark"), cell)
        if state.returned:
            marks.corner(painter, self.look.colour("amb_mark"), cell, right=True)
        if state.edited:
            painter.fillRect(QRectF(cell.left(), cell.top(), 3, cell.height() - 1), self.look.colour("acc"))
        if state.files:
            marks.clip(painter, self.look, cell)
        elif state.carried or state.corrected:
            painter.setPen(self.look.colour("amb" if state.corrected else "edge"))
            painter.setFont(self.look.font(11, bold=state.corrected))
            sign, place = "＊" if state.corrected else "=", Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            painter.drawText(cell.adjusted(0, 1, -4, 0), place, sign)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of the complete text, for rows that are as high as their texts."""
        text, state = index.data() or "", index.data(STATE)
        if state.group:
            return QSize(60, self.look.size(29))
        font = self.look.font(13)
        width = option.rect.width() - 2 * PAD - (17 if state.mark else 0) - self._aside(state)
        count = len(broken(text, max(width, 20), font.family(), font.pixelSize(), False, MOST))
        return QSize(60, max(self.look.size(34), count * QFontMetricsF(font).lineSpacing().__ceil__() + 10))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show the complete text of a cell and its problem as a tooltip."""
        model = index.model()
        if not isinstance(model, RecordTable) or not index.isValid():
            return False
        finding = model.finding(index)
        parts = [index.data() or "", model.corrected(index), finding.problem.message if finding else ""]
        QToolTip.showText(event.globalPos(), "\n".join(p for p in parts if p), view)
        return True

    ## editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget | None:  # type: ignore[override]
        model = index.model()
        field = model.field(index.column()) if isinstance(model, RecordTable) else None
        if field is None:
            return None
        self.editing = editors.make(field, parent)
        if isinstance(self.editing, QPlainTextEdit):
            CellFoot(self.editing, self.look, field.kind.limit)
        self.editing.destroyed.connect(self._closed)
        return self.editing

    def _closed(self) -> None:
        self.editing = None

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not editor.property("filled"):  # once: what is being typed is never overwritten
            long = isinstance(editor, QPlainTextEdit)
            editors.fill(editor, index.data(Qt.ItemDataRole.EditRole) or "", select=self.replaces or not long)
            if isinstance(editor, QPlainTextEdit) and not self.replaces:
                editor.moveCursor(QTextCursor.MoveOperation.End)  # the cursor at the end, as F2 does in Excel
            editor.setProperty("filled", True)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(model, RecordTable) and editors.typed(editor) != index.data(Qt.ItemDataRole.EditRole):
            self.taken = model.setData(index, editors.typed(editor))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Let long texts extend over the rows below."""
        rect = QRect(option.rect)
        if isinstance(editor, QPlainTextEdit):
            rect.setHeight(max(rect.height(), self.look.size(120)))
            rect.setWidth(max(rect.width(), self.look.size(260)))
            parent = editor.parentWidget()
            room = parent.rect() if parent is not None else rect
            rect.moveRight(min(rect.right(), room.right()))
            rect.moveBottom(min(rect.bottom(), room.bottom()))
        elif isinstance(editor, QComboBox | DayEdit):
            rect.setWidth(max(rect.width(), self.look.size(150)))
            parent = editor.parentWidget()
            rect.moveRight(min(rect.right(), parent.width()) if parent is not None else rect.right())
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if not isinstance(editor, QWidget):
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(editor, event)
        if isinstance(editor, DayEdit) and editor.popup is not None and event.type() == QEvent.Type.FocusOut:
            return False  # the calendar is part of the editor
        if event.type() == QEvent.Type.FocusOut and self._refused(editor):
            return True  # unreadable text stays in its editor
        if isinstance(editor, QComboBox) and event.type() == QEvent.Type.FocusOut:
            completer = editor.completer()
            popup = completer.popup() if completer is not None else None
            if popup is not None and popup.isVisible():
                return False
        return super().eventFilter(editor, event)

    def _key(self, editor: QWidget, event: QKeyEvent) -> bool:
        key, mods = event.key(), event.modifiers()
        back = bool(mods & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Escape:
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if mods & Qt.KeyboardModifier.ControlModifier:
                if not self._refused(editor):
                    self.filled.emit(editor)
                return True
            if mods & Qt.KeyboardModifier.AltModifier:
                if isinstance(editor, QPlainTextEdit):
                    editor.insertPlainText("\n")
                return True
            return self._finish(editor, UP if back else DOWN)
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._finish(editor, LEFT if back or key == Qt.Key.Key_Backtab else RIGHT)
        return False

    def _finish(self, editor: QWidget, way: int) -> bool:
        if self.finish(editor):
            self.edit_ended.emit(way)
        return True

    def finish(self, editor: QWidget) -> bool:
        """Commit and close an editor; False where its text cannot be read."""
        if self._refused(editor):
            return False
        self.taken = True
        self.commitData.emit(editor)
        if not self.taken:
            return False  # could not be saved: keep the text
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return True

    def _refused(self, editor: QWidget) -> bool:
        """Whether the editor's text is refused; then the reason is shown."""
        view = self.parent()
        index = view.currentIndex() if isinstance(view, QAbstractItemView) else QModelIndex()
        model = index.model()
        field = model.field_at(index) if isinstance(model, RecordTable) else None
        if not isinstance(model, RecordTable) or field is None:
            return False
        why = editors.refusal(editor, field, model.session.year, lambda text: model.resolve_ditto(index, text))
        if why:
            model.session.tell(f"“{field.label}”{why}", "red")
        return bool(why)
