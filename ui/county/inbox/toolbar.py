"""收件's toolbar: adding files, progress, and undoing the last load."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.handin.drives import removable
from ui.operations.progress_row import ProgressRow
from ui.widgets.flow_layout import FlowLayout


class InboxToolbar(QWidget):
    """Each signal is emitted by one of the buttons."""

    files = Signal()
    folder = Signal()
    stick = Signal()
    taken_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = FlowLayout(self, (0, 0, 0, 0))
        self.choosing = self._button("选文件……", "上报包、压缩包、邮件、填好的 Excel；也可以直接拖进窗口")
        self.folders = self._button("收文件夹……", "文件夹里的全部，几千个也可以；中途可以停，再收时接着来")
        self.sticks = self._button("从U盘收", "收插着的U盘里的全部")
        self.undo = self._button("撤销上次装入", "把最近一次装入的全部撤回；原件还在，可以再装")
        self.progress = ProgressRow("停下", "已经装入的都存好了；再收时接着来", spacing=row.spacing())
        self.progress.bar.setMinimumWidth(160)
        for widget in (self.choosing, self.folders, self.sticks, self.progress):
            row.addWidget(widget)
        row.stretch()
        row.addWidget(self.undo)
        self.choosing.clicked.connect(self.files)
        self.folders.clicked.connect(self.folder)
        self.sticks.clicked.connect(self.stick)
        self.undo.clicked.connect(self.taken_back)

    def _button(self, text: str, hint: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        return button

    def offer(self, needed: bool) -> None:
        """Show the toolbar only if needed: an empty page has these buttons itself and no load to undo."""
        for button in (self.choosing, self.folders, self.undo):
            button.setVisible(needed)
        self.sticks.setVisible(needed and bool(removable()))

    def show_state(self, busy: bool, last: int) -> None:
        """Enable buttons; `busy` while files are judged or taken in, `last` is the number of the load that can be
        undone, 0 for none.
        """
        for button in (self.choosing, self.folders, self.sticks):
            button.setEnabled(not busy)
        self.undo.setEnabled(not busy and bool(last))
        self.undo.setToolTip(f"把第{last}次装入的全部撤回；原件还在，可以再装" if last else "没有可以撤销的装入")
