"""First start: which unit, who fills in, done; no file needed."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QRegularExpression, QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
)  # fmt: skip

from models.entries import Unit
from models.errors import UserError
from models.plan_files import read_built_in
from models.restore import restore
from models.workspace import Workspace
from ui.pinyin import fits
from ui.theme import Look


class FirstStart(QDialog):
    """Three quiet steps on one page; `space` is the workspace made, None if the user left."""

    def __init__(self, folder: Path, look: Look) -> None:
        super().__init__()
        self.folder = folder
        self.space: Workspace | None = None
        self.plan = read_built_in()
        self.look = look
        self.setWindowTitle("清单填报")
        self.resize(look.size(760), look.size(640))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 22, 32, 18)
        layout.setSpacing(8)
        title = QLabel("第一次用，三步")
        title.setProperty("tone", "sentence")
        layout.addWidget(title)
        layout.addWidget(self._second(f"{self.plan.title}，{len(self.plan.units)}个责任单位。涉密内容不要录入本程序。"))
        layout.addWidget(self._step("1", "您在哪个单位？"))
        self.search = QLineEdit(placeholderText="输入单位名称的几个字，或拼音首字母")
        self.search.setAccessibleName("查找单位")
        layout.addWidget(self.search)
        layout.addWidget(self._units(), 1)
        layout.addWidget(self._card())
        layout.addWidget(self._step("2", "谁来填？"))
        self.person = QLineEdit(placeholderText="写进修改记录，可以不填，以后在设置里随时能改")
        self.person.setAccessibleName("填报人")
        layout.addWidget(self.person)
        layout.addWidget(self._step("3", "开始"))
        self.told = self._second("")
        self.told.setProperty("tone", "red")
        layout.addWidget(self.told)
        layout.addLayout(self._buttons())
        layout.addWidget(self._second(f"数据放在 {folder}，只在这台电脑上；不上网，不用账号，不用管理员。"))
        self.search.textChanged.connect(self._filter)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_unit())
        self._filter("")

    def _step(self, number: str, text: str) -> QLabel:
        label = QLabel(f"{number}　{text}")
        label.setProperty("tone", "section")
        return label

    def _card(self) -> QFrame:
        """The chosen unit, to be recognised: what the plan gives it to do."""
        card = QFrame()
        card.setObjectName("card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 8, 16, 8)
        self.unit = QLabel()
        self.unit.setProperty("tone", "figure")
        self.duties = QLabel()
        self.duties.setProperty("tone", "second")
        row.addWidget(self.unit)
        row.addWidget(self.duties, 1, alignment=Qt.AlignmentFlag.AlignRight)
        return card

    def _chosen(self) -> Unit | None:
        index = self.list.currentIndex()
        return self.plan.units[self.shown.mapToSource(index).row()] if index.isValid() else None

    def _show_unit(self) -> None:
        unit = self._chosen()
        self.unit.setText(unit.short if unit else "没有这个单位")
        if unit is None:
            self.duties.setText("换几个字再找")
            return
        roles = [role for _task, role in self.plan.tasks_of(unit.code)]
        count = len(self.plan.indicators_of(unit.code))
        parts = [f"牵头{roles.count('lead')}项", f"配合{len(roles) - roles.count('lead')}项", f"指标{count}个"]
        due = self.plan.current(date.today()).due
        self.duties.setText(f"{unit.code}　{'　'.join(parts)}　{due.month}月{due.day}日前报")

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
        back = QPushButton("从备份恢复……")
        back.setAutoDefault(False)
        back.setToolTip("换了电脑，或数据坏了：选一份备份（qingdan-….db）")
        back.clicked.connect(self.choose_backup)
        row.addWidget(back)
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
        names = [n for n in self.names.stringList() if fits(text.strip(), n)]
        self.shown.setFilterRegularExpression("^(" + "|".join(map(QRegularExpression.escape, names)) + ")$")
        self.list.setCurrentIndex(self.shown.index(0, 0))
        self._show_unit()

    def choose_backup(self) -> None:
        """Go on from a backup."""
        name, _ = QFileDialog.getOpenFileName(self, "从备份恢复", "", "备份 (*.db)")
        if name:
            self.bring_back(Path(name))

    def bring_back(self, source: Path) -> None:
        """Make the workspace from a backup; what is wrong with it is told here."""
        try:
            restore(self.folder, source)
            self.space = Workspace.open(self.folder)
        except UserError as error:
            self.told.setText(str(error))
            return
        self.accept()

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
        unit = self._chosen()
        if unit is None:
            self.told.setText("没有找到这个单位，请换几个字再找")
            return
        try:
            self.space = Workspace.create(self.folder, "unit", [unit.code])
            if self.person.text().strip():
                self.space.set({"person": self.person.text().strip()})
        except UserError as error:
            self.told.setText(str(error))
            return
        self.accept()
