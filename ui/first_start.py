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

ROLES = {  # as workspaces know them: what one is, and what is asked then
    "unit": ("单位填报", "您在哪个单位？"),
    "team": ("工作专班", "您的专班负责哪个行动？"),
    "office": ("县领导小组办公室", "这台电脑给办公室用"),
}


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
        self.question = self._step("1", "")
        layout.addWidget(self.question)
        layout.addLayout(self._roles())
        self.search = QLineEdit(placeholderText="输入名称的几个字，或拼音首字母")
        layout.addWidget(self.search)
        layout.addWidget(self._units(), 1)
        layout.addStretch(0)
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
        self.roles["unit"].setChecked(True)
        self.search.setFocus()

    def _roles(self) -> QHBoxLayout:
        """Who one is: a unit that fills in, a team for an action, or the office; arrow keys choose too."""
        row = QHBoxLayout()
        self.role = "unit"
        self.roles: dict[str, QPushButton] = {}
        for role, (name, _question) in ROLES.items():
            button = self.roles[role] = QPushButton(name)
            button.setProperty("tone", "chip")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setAutoDefault(False)
            button.toggled.connect(lambda on, r=role: self._turn(r) if on else None)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _turn(self, role: str) -> None:
        """Another kind of workplace: its own names are offered."""
        self.role = role
        question = ROLES[role][1]
        self.question.setText(f"1　{question}")
        self.search.setAccessibleName("查找单位" if role == "unit" else "查找行动")
        self.list.setAccessibleName("责任单位" if role == "unit" else "行动")
        self.search.setVisible(role != "office")
        self.list.setVisible(role != "office")
        self.start.setText("开始填报" if role == "unit" else "开始")
        self.told.setText("")
        units = [f"{u.short}　{u.name}" if u.short != u.name else u.name for u in self.plan.units]
        self.names.setStringList(units if role == "unit" else [a.name for a in self.plan.actions])
        self.search.clear()
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

    def _at(self) -> int:
        """Which unit or action is chosen; -1 for none."""
        index = self.list.currentIndex()
        return self.shown.mapToSource(index).row() if index.isValid() else -1

    def _show_unit(self) -> None:
        at = self._at()
        if self.role == "office":
            self.unit.setText("领导小组办公室")
            self.duties.setText(f"定方案、下发、收件、汇总、通报　{len(self.plan.units)}个单位")
        elif at < 0:
            self.unit.setText("没有这个单位" if self.role == "unit" else "没有这个行动")
            self.duties.setText("换几个字再找")
        elif self.role == "team":
            action = self.plan.actions[at]
            self.unit.setText(action.name)
            self.duties.setText(f"重点任务{len(self.plan.tasks_of_action(action.id))}项")
        else:
            self._show_duties(self.plan.units[at])

    def _show_duties(self, unit: Unit) -> None:
        self.unit.setText(unit.short)
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
        self.names = QStringListModel()
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.names)
        self.list = QListView()
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
        self.start = QPushButton()
        self.start.setProperty("tone", "main")
        self.start.setDefault(True)
        self.start.clicked.connect(self.begin)
        row.addWidget(leave)
        row.addWidget(self.start)
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
        """Make the workspace for the chosen unit, team or office."""
        at = self._at()
        if at < 0 and self.role != "office":
            self.told.setText(f"没有找到这个{'单位' if self.role == 'unit' else '行动'}，请换几个字再找")
            return
        units = [self.plan.units[at].code] if self.role == "unit" else []
        action = self.plan.actions[at].id if self.role == "team" else ""
        try:
            self.space = Workspace.create(self.folder, self.role, units, action)
            if self.person.text().strip():
                self.space.set({"person": self.person.text().strip()})
        except UserError as error:
            self.told.setText(str(error))
            return
        self.accept()
