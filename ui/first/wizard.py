"""首次启动: the setup wizard: origin of the workspace, confirmation, name of the user. Nothing is written before the
last step.
"""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from models.errors import StoreError, UserError
from models.plan.reader import read_built_in
from models.restore import whose
from models.store.connection import refused
from models.store.data_folder import FILE, default_folder, place_in, remember
from models.workspace import Workspace
from ui.first.files import is_store, sentence, waiting
from ui.first.frame import DataFolderBar, Middle, WizardHeader
from ui.first.setup_preview import SetupPreview, of_backup, of_built_in, of_handout, of_place
from ui.first.setup_source import FileSource, PlanSource, SetupSource
from ui.first.steps import LATER, NOW, PAST, WizardStep, label
from ui.first.unit_card import UnitCard, buttons, main_button
from ui.handin.drives import must_stay
from ui.operations.failure import catching
from ui.widgets import file_dialogs as choosing
from ui.widgets.theme import Theme

PACK, OWN, BACKUP = "pack", "own", "backup"
WIDE, HIGH, EDGE = 1120, 680, 16  # px: the window, and the margin around it on a small screen
PACK_WORDS = "县里用U盘或邮件发来的一个 .qd 文件；压缩包、存下来的邮件也行。选它，或把它拖进这个窗口。"
BACKUP_WORDS = "换了电脑，或数据坏了：选一份备份（qingdan-….db），或把它拖进这个窗口。它在原来数据文件夹的 backups 里，或另存的地方。"
SHARED = "密钥也放在这里：请确认用这台电脑的其他人打不开这个文件夹。"
WHO = "写进修改记录，可以不填，以后在设置里随时能改。涉密内容不要录入本程序。"


class SetupWizard(QDialog):
    """Three steps; `space` is the workspace made, None if the user quits. `folder` is the data folder; `movable`: the
    user may choose another one, which the next start then uses.
    """

    def __init__(self, folder: Path, look: Theme, movable: bool = False) -> None:
        super().__init__()
        self.folder, self.own, self.look = folder, folder, look
        self.space: Workspace | None = None
        self.claim: SetupPreview | None = None
        self.at, self.reached = 1, 1
        self.setWindowTitle("清单填报")
        self.setWindowFlags(Qt.WindowType.Window)
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head, self.foot = WizardHeader(look), DataFolderBar(look, folder, movable)
        self.middle = Middle(look, self._steps())
        for part in (self.head, self.middle, self.foot):
            column.addWidget(part, part is self.middle)
        self.head.chosen.connect(self.turn)
        self.foot.elsewhere.clicked.connect(self.choose_place)
        self.turn(PACK)
        room = self.screen().availableGeometry()
        self.resize(min(look.size(WIDE), room.width() - EDGE), min(look.size(HIGH), room.height() - 2 * EDGE))

    def _steps(self) -> list[WizardStep]:
        look = self.look
        self.ways: dict[str, SetupSource] = {
            PACK: FileSource(look, "装入县里发的任务包", PACK_WORDS, "选任务包……"),
            OWN: PlanSource(look, read_built_in()),
            BACKUP: FileSource(look, "从备份恢复", BACKUP_WORDS, "选备份……"),
        }
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for name, way in self.ways.items():
            column.addWidget(way)
            way.go.clicked.connect(lambda _on=False, n=name: self._go(n))
        self.recognise = UnitCard(look)
        self.recognise.agreed.connect(lambda: self.open_step(3))
        self.recognise.other.connect(lambda: self.open_step(1))
        self.steps = [
            WizardStep(look, 1, "任务包", ""),
            WizardStep(look, 2, "认一认单位", "看看是不是你的单位，有几项任务，从哪期报起。"),
            WizardStep(look, 3, "谁来填", f"填报人姓名，{WHO}", last=True),
        ]
        for step, body in zip(self.steps, (holder, self.recognise, self._who()), strict=True):
            step.fill(body)
            step.opened.connect(self.open_step)
        self._wire()
        return self.steps

    def _wire(self) -> None:
        pack, own = self.ways[PACK], self.ways[OWN]
        assert isinstance(pack, FileSource)
        assert isinstance(own, PlanSource)
        self.pack, self.plan_way = pack, own
        pack.other.clicked.connect(self.choose)
        pack.finder.taken.connect(lambda: self._go(PACK))
        own.finder.taken.connect(lambda: self._go(OWN))

    def _who(self) -> QWidget:
        """The third step: the user's name, and the button that makes the workspace."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.size(8))
        self.person = QLineEdit(placeholderText="填报人姓名")
        self.person.setAccessibleName("填报人姓名")
        self.person.setMaximumWidth(self.look.size(300))
        self.told = label("", "red")
        self.told.setHidden(True)
        self.start = main_button("开始填报")
        self.start.clicked.connect(self.begin)
        for part in (self.person, self.told, buttons(self.look, self.start, key="开始")):
            column.addWidget(part)
        return body

    ## steps

    def turn(self, way: str) -> None:
        """Turn to another way to begin; texts typed in the others are kept."""
        self.way = way
        for name, body in self.ways.items():
            body.setVisible(name == way)
        self.head.show_way(way)
        self.open_step(1)

    def open_step(self, number: int) -> None:
        """Open a step by its number; earlier ones fold, later ones wait."""
        if number == 1:
            self._leave_place()
        self.at, self.reached = number, max(self.reached, number)
        claim = self.claim
        source = claim.source if claim else ("", "")
        way, (asked, name) = self.ways[self.way], claim.who if claim else ("", "")
        mine = "你是哪个单位的" if claim is None else claim.name
        said = {
            1: {NOW: (way.title, way.words), PAST: source},
            2: {NOW: (claim.question if claim else "", ""), PAST: (mine, claim.plan_line if claim else "")},
            3: {NOW: (asked, f"{name}{WHO}")},
        }
        for step in self.steps:
            state = NOW if step.number == number else PAST if step.number < number else LATER
            step.show_as(state, *said[step.number].get(state, ("", "")), may=step.number <= self.reached)
        self._focus()

    def _focus(self) -> None:
        """Focus the open step, and make its main button the default for Enter."""
        main = (self.ways[self.way].go, self.recognise.yes, self.start)[self.at - 1]
        main.setDefault(True)
        first = (self.ways[self.way].first(), self.recognise.yes, self.person)[self.at - 1]
        first.setFocus()
        self.middle.show_step(self.steps[self.at - 1], main, first)

    def _go(self, way: str) -> None:
        """The action of the first step's main button."""
        if way == BACKUP:
            self.choose_backup()
        elif way == OWN and not self.plan_way.is_missing():
            self.recognised(of_built_in(self.plan_way.plan, self.plan_way.role, self.plan_way.chosen()))
        elif way == PACK and self.pack.finder.isHidden():
            self.choose()
        elif way == PACK and (at := self.pack.finder.at()) >= 0:
            self.recognised(self.packs[at])

    def recognised(self, claim: SetupPreview) -> None:
        """Show a preview for confirmation in the second step."""
        self.claim = claim
        self.reached = 2
        self.recognise.show_claim(claim)
        self.start.setText(claim.start)
        self.person.setPlaceholderText(claim.who[1])
        self.person.setAccessibleName(claim.who[1])
        if claim.person and not self.person.text():
            self.person.setText(claim.person)
        self.open_step(2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back; in the first step it quits."""
        if event.key() == Qt.Key.Key_Escape and self.at > 1:
            self.open_step(self.at - 1)
        else:
            super().keyPressEvent(event)

    ## files

    def choose(self) -> None:
        """Ask for the files of a hand-out."""
        names = choosing.files(self, "装入县里发的任务包")
        if names:
            self.take([Path(n) for n in names])

    def choose_backup(self) -> None:
        """Ask for a backup to restore."""
        name = choosing.file(self, "从备份恢复", "备份 (*.db);;所有文件 (*)")
        if name:
            self.bring_back(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files anywhere in the window."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the dropped files."""
        self.take([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])

    def take(self, paths: list[Path]) -> None:
        """Read files of the county or a backup and show whose they are; errors are shown in the first step."""
        from exports.incoming.new_workspace import offers

        if any(is_store(p) for p in paths):
            self.bring_back(next(p for p in paths if is_store(p)))
            return
        with waiting():
            found, refused = offers(paths)
        self.turn(PACK)
        self.pack.say("；".join(refused) if found else sentence(refused))
        self.packs = [of_handout(o, paths, refused) for o in found]
        self.pack.offer([p.name for p in self.packs])
        if len(self.packs) == 1:
            self.recognised(self.packs[0])
        else:
            self.open_step(1)

    def bring_back(self, source: Path) -> None:
        """Read a backup and show whose it is; an error is shown in the first step."""
        self.turn(BACKUP)
        with catching(self.ways[BACKUP].say):
            with waiting():
                claim = of_backup(whose(source), source)
            self.ways[BACKUP].say("")
            self.recognised(claim)

    ## data folder

    def choose_place(self) -> None:
        """Ask for another data folder."""
        name = QFileDialog.getExistingDirectory(self, "数据放在哪个文件夹", str(self.folder.parent))
        if name:
            self.move_to(Path(name))

    def move_to(self, chosen: Path) -> None:
        """Set the data folder: `chosen` or a new folder in it; data already there are previewed for confirmation."""
        with catching(lambda why: self.foot.say(self.folder, why)):
            must_stay(chosen)
            place = place_in(chosen)
            self._move(place, of_place(whose(place / FILE), place) if (place / FILE).exists() else None)

    def _move(self, place: Path, claim: SetupPreview | None) -> None:
        """Set the data folder; `claim` is the preview of data already there, if any."""
        if claim:
            self.open_step(1)
        self.folder = place
        self.foot.say(place, "" if place.is_relative_to(Path.home()) else SHARED, "amber")
        if claim:
            self.recognised(claim)

    def _leave_place(self) -> None:
        """Return to the default folder if the data in the chosen one are not the wanted ones."""
        if (self.folder / FILE).exists():
            self.folder, self.claim, self.reached = self.own, None, 1
            self.foot.say(self.own)

    ## the end

    def begin(self) -> None:
        """Make the workspace and close; on an error show it, and restore the earlier data folder."""
        assert self.claim is not None
        moved, before = self.folder != self.own, default_folder()
        try:
            if moved:
                remember(self.folder)
            with waiting():
                self.space = self.claim.make(self.folder)
        except (UserError, StoreError) as error:
            if moved:
                with suppress(UserError):  # the error shown is the first one
                    remember(before)
            told = error if isinstance(error, UserError) else refused(error, self.folder / FILE)
            self.told.setText(str(told))
            self.told.setVisible(True)
            return
        with suppress(UserError, StoreError):  # the workspace is made; a damaged store is reported at the first edit
            self.space.set({"person": self.person.text().strip() or self.space.person or None})
        self.accept()
