"""The keys of a grid: Excel's, where Excel has one."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.grid.delegate import DOWN, LEFT, RIGHT, UP, CellDelegate
from ui.grid.navigation import MovingView
from ui.widgets import editors

MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
ARROWS = {Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1)}


class KeyView(MovingView):
    """The base of Grid that handles keys."""

    cells: CellDelegate

    def open_cell(self, index: QModelIndex) -> None:
        """Edit a cell, or show why it is locked."""
        self.edit(index)

    def unfold(self) -> None:
        """Open the current cell's options or calendar."""
        self.open_cell(self.currentIndex())
        if self.cells.editing is not None:
            editors.unfold(self.cells.editing)

    def command(self, event: QKeyEvent) -> bool:
        """Do what a key means for the block or its lines; False where the key is not one of these."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        standard = (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Cut, self.cut),
            (QKeySequence.StandardKey.Paste, self.paste),
        )
        action = next((do for keys, do in standard if event.matches(keys)), None)
        if action is None and control:
            action = self._on_control().get(Qt.Key(event.key()))
        if action is None:
            action = self._on_alt(event)
        if action is None and not control and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            action = self.clear_cells
        if action is not None:
            self.act(action)
        return action is not None

    def _on_alt(self, event: QKeyEvent) -> Callable[[], None] | None:
        """The action of Alt+Down or F4 (open the options) and of Shift+Alt with an arrow (move the line); None for
        other keys.
        """
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in MOVES:
            return lambda: self.move_line(MOVES[Qt.Key(event.key())])
        return self.unfold if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down) else None

    def _on_control(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_D: self.fill_down,
            Qt.Key.Key_R: self.fill_right,
            Qt.Key.Key_Return: self.fill_block,
            Qt.Key.Key_Enter: self.fill_block,
            Qt.Key.Key_Semicolon: self.enter_day,
            Qt.Key.Key_Plus: self.insert_line,
            Qt.Key.Key_Equal: self.insert_line,
            Qt.Key.Key_Minus: self.remove_lines,
        }

    def enter_day(self) -> None:
        """Put today's date into the cell (Ctrl+;)."""
        self.put_text(f"{self.session.today():%Y-%m-%d}")

    def fill_block(self, editor: QWidget | None = None) -> None:
        """Put the text being typed, or the current cell's, into every cell of the block (Ctrl+Enter)."""
        text = editors.typed(editor) if editor is not None else str(self.currentIndex().data() or "")
        if editor is not None:
            self.cells.closeEditor.emit(editor, CellDelegate.EndEditHint.RevertModelCache)
            self.setFocus()
        self.put_text(text)

    def travel(self, event: QKeyEvent) -> bool:
        """Move the cursor as Excel does; False where the key does not move it."""
        key, mods = event.key(), event.modifiers()
        shift = bool(mods & Qt.KeyboardModifier.ShiftModifier)
        control = bool(mods & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(UP if shift else DOWN)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.step(LEFT if shift or key == Qt.Key.Key_Backtab else RIGHT)
        elif control and key in ARROWS:
            self.jump(*ARROWS[Qt.Key(key)], shift)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.edge(key == Qt.Key.Key_End, control, shift)
        else:
            return False
        return True
