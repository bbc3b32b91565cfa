"""First start: which unit, who fills in, done; no file needed."""

from pathlib import Path

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
)  # fmt: skip

from models.errors import UserError
from models.plan_files import read_built_in
from models.workspace import Workspace
from ui.theme import Look


class FirstStart(QDialog):
    """Three quiet steps on one page; `space` is the workspace made, None if the user left."""

    def __init__(self, folder: Path, look: Look) -> None:
        super().__init__()
        self.folder = folder
        self.space: Workspace | None = None
        self.plan = read_built_in()
        self.setWindowTitle("清单填报")
        self.resize(look.size(620), look.size(600))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 26, 32, 20)
        layout.setSpacing(8)
        title = QLabel("您在哪个单位？")
        title.setProperty("tone", "sentence")
        layout.addWidget(title)
        layout.addWidget(self._second(f"{self.plan.title}，{len(self.plan.units)}个责任单位。涉密内容不要录入本程序。"))
        self.search = QLineEdit(placeholderText="输入单位名称的几个字")
        self.search.setAccessibleName("查找单位")
        layout.addWidget(self.search)
        layout.addWidget(self._units(), 1)
        layout.addWidget(QLabel("填报人（写进修改记录，可以不填）"))
        self.person = QLineEdit()
        self.person.setAccessibleName("填报人")
        layout.addWidget(self.person)
        self.told = self._second("")
        self.told.setProperty("tone", "red")
        layout.addWidget(self.told)
        layout.addLayout(self._buttons())
        layout.addWidget(self._second(f"数据放在：{folder}"))
        self.search.textChanged.connect(self._filter)
        self._filter("")

    def _second(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("tone", "second")
        label.setWordWrap(True)
        return label

    def _units(self) -> QListView:
        self.names = QStringListModel(
            [f"{u.short}　{u.name}" if u.short != u.name else u.name for u in self.plan.units]
        )
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.names)
        self.list = QListView()
        self.list.setAccessibleName("责任单位")
        self.list.setModel(self.shown)
        self.list.doubleClicked.connect(lambda _index: self.begin())
        return self.list

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        take = QPushButton("装入县里发的任务包……")
        take.setAutoDefault(False)
        take.setToolTip("县里发来的一个 .qd 文件，装入后单位、方案和期别都设好了")
        take.clicked.connect(self.choose)
        row.addWidget(take)
        row.addStretch(1)
        leave = QPushButton("退出")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        begin = QPushButton("开始填报")
        begin.setProperty("tone", "main")
        begin.setDefault(True)
        begin.clicked.connect(self.begin)
        row.addWidget(leave)
        row.addWidget(begin)
        return row

    def _filter(self, text: str) -> None:
        self.shown.setFilterFixedString(text.strip())
        self.list.setCurrentIndex(self.shown.index(0, 0))

    def choose(self) -> None:
        """Begin from a hand-out."""
        names, _ = QFileDialog.getOpenFileNames(self, "装入县里发的任务包", "", "所有文件 (*)")
        if names:
            self.take([Path(n) for n in names])

    def take(self, paths: list[Path]) -> None:
        """Make the workspace from the files of the county; what is wrong with them is told here."""
        from exports.arrival import load

        try:
            self.space, found = load(self.folder, None, paths)
        except UserError as error:
            self.told.setText(str(error))
            return
        if self.space is None:
            self.told.setText(found[0].message if found else "没有找到可以装入的文件")
            return
        if self.person.text().strip():
            self.space.set({"person": self.person.text().strip()})
        self.accept()

    def begin(self) -> None:
        """Make the workspace for the chosen unit."""
        index = self.list.currentIndex()
        if not index.isValid():
            self.told.setText("没有找到这个单位，请换几个字再找")
            return
        unit = self.plan.units[self.shown.mapToSource(index).row()]
        try:
            self.space = Workspace.create(self.folder, "unit", [unit.code])
            if self.person.text().strip():
                self.space.set({"person": self.person.text().strip()})
        except UserError as error:
            self.told.setText(str(error))
            return
        self.accept()
