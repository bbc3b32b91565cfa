"""密钥 on the settings page: where they are stored, the county's fingerprint, and the recovery key."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFrame, QInputDialog, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from exports.package.keyring import Keyring, fingerprint
from forms.states import Role
from models.store.clock import today_here
from ui.operations.failure import run
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.theme import Theme

OFFICE = (
    "密钥在数据文件里：{file}。它没有另外加密，备份里也有同样一份。谁拿到它，就能读各单位的上报包，并以县里的名义下发；"
    "这台电脑、数据文件夹和备份，只放在本办公室拿得到的地方。"
)
UNIT = "本机的签名密钥在数据文件里：{file}。不要把数据文件夹拷给别人；换电脑请用备份恢复，或请县里补发任务包。"


class KeyCard(QFrame):
    """Shows the state of the keys; the office can also print, recover and renew them."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setMaximumWidth(look.size(760))
        self.session = session
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self._line("密钥", "section")
        space = session.space
        self._line((OFFICE if space.role == Role.OFFICE else UNIT).format(file=space.file))
        self.number = self._line("", "strong")
        self.printed = self._line("")
        self.printed.setHidden(space.role != Role.OFFICE)
        self.buttons: dict[str, QPushButton] = {}
        if space.role == Role.OFFICE:
            self._buttons()
        self._show()

    def _line(self, text: str, tone: str = "") -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setProperty("tone", tone)
        self.column.addWidget(label)
        return label

    def _buttons(self) -> None:
        bar = QWidget()
        row = FlowLayout(bar, (0, 4, 0, 0))
        made: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("打印恢复密钥……", "存成一页 PDF，打印后放进保险柜；电脑坏了、备份也没有时用它", self.save),
            ("用纸质密钥恢复……", "新电脑上的办公室：照纸上的文字输入", self.recover),
            ("换新密钥……", "有人离开、电脑丢过时换；以前收到的仍打得开", self.rotate),
        )
        for text, hint, action in made:
            button = self.buttons[text] = QPushButton(text, bar)
            button.setToolTip(hint)
            button.clicked.connect(lambda _on=False, act=action: self._run(act))
            row.addWidget(button)
        self.column.addWidget(bar)

    def _show(self) -> None:
        ring = Keyring(self.session.space)
        county = ring.verify if ring.is_county else (ring.reports_to.signer if ring.reports_to else "")
        told = f"县里的密钥指纹　{fingerprint(county)}（打电话核对用）" if county else "还没有装入县里的任务包。"
        self.number.setText(told)
        printed = ring.keys.get("printed")
        said = f"恢复密钥{printed}打印过。" if printed else "恢复密钥还没有打印过，请打印一份放进保险柜。"
        self.printed.setText(said if ring.is_county else "")
        self.printed.setProperty("tone", "second" if printed else "amber")
        self.printed.style().unpolish(self.printed)
        self.printed.style().polish(self.printed)

    def _run(self, action: Callable[[], None]) -> None:
        run(self.session, action)
        self._show()

    def save(self) -> None:
        """Ask for a file and write the page with the recovery key."""
        name = choosing.new_file(self, "打印恢复密钥", "县级恢复密钥.pdf", "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the page with the recovery key as a PDF."""
        from exports.outgoing.recovery_key import write_paper

        write_paper(self.session.space, path, today_here())
        self.session.message.emit(f"恢复密钥已存到 {path}；打印后放进保险柜，并删去这个文件", "amber")

    def recover(self) -> None:
        """Restore the office's keys from the text on the printed page."""
        from exports.outgoing.recovery_key import recover

        text, ok = QInputDialog.getMultiLineText(
            self, "用纸质密钥恢复", "照纸上的文字输入，或粘贴扫出来的文字（大小写、空格不要紧）"
        )
        if ok:
            self.session.message.emit(recover(self.session.space, text), "saved")

    def rotate(self) -> None:
        """Make new office keys after a confirmation."""
        asked = "换新密钥以后，要重新下发任务包，各单位装入后才用新密钥；以前收到的仍打得开。现在换吗？"
        box = QMessageBox(QMessageBox.Icon.Question, "换新密钥", asked, parent=self)
        yes = box.addButton("换新密钥", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("不换", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is yes:
            Keyring(self.session.space).rotate()
            self.session.message.emit("已换新密钥；请按“下发和回执”重新下发任务包", "saved")
