"""What a work team sends to the office: the original files it received, and once its card."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from exports.incoming.work_team import card, card_name, forward
from exports.outgoing.write_out import write_out
from exports.package.keyring import Keyring, fingerprint
from forms.states import Role
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets import file_dialogs as choosing


class TeamTools(QWidget):
    """Two buttons, shown only in a work team's window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.forward = QPushButton("转报……")
        self.forward.setToolTip("把本期收到的上报包原样打成一个压缩包，交领导小组办公室装入")
        self.forward.clicked.connect(lambda: self._into("转报的压缩包放到哪个文件夹", self.forward_to))
        self.card = QPushButton("登记文件……")
        self.card.setToolTip("交领导小组办公室装入一次；重新下发任务包以后，各单位的上报包本专班也能打开")
        self.card.clicked.connect(lambda: self._into("登记文件放到哪个文件夹", self.card_to))
        row.addWidget(self.card)
        row.addWidget(self.forward)
        self.setVisible(session.space.role == Role.TEAM)

    def _into(self, question: str, write: Callable[[Path], None]) -> None:
        name = choosing.folder(self, question)
        if name:
            write(Path(name))

    def forward_to(self, folder: Path) -> None:
        """Write the original files of the current period into a folder."""
        self._run(
            lambda: "已转报{1}份上报包，都是原件：{0}".format(*forward(self.session.space, self.session.period, folder))
        )

    def card_to(self, folder: Path) -> None:
        """Write the team's card into a folder."""
        space = self.session.space
        number = fingerprint(Keyring(space).verify)
        self._run(
            lambda: (
                f"已写出{write_out(card(space), folder, card_name(space))}，密钥指纹{number}，请告诉领导小组办公室核对"
            )
        )

    def _run(self, work: Callable[[], str]) -> None:
        with reporting(self.session):
            self.session.message.emit(work(), "saved")
