"""What ties the stamped paper to the file: one version code on both; and how the paper should look."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout

from forms.choices import Choice
from forms.system import SETTINGS
from models.handed import handed
from models.version import data_code
from ui.heading import label, section
from ui.session import Session
from ui.theme import Look

WIDTH = 280
SHOWN = ("page", "black")  # settings that change the paper


class Tie(QScrollArea):
    """The right side of the print page. `changed` tells that the paper should look otherwise."""

    changed = Signal()

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setFixedWidth(look.size(WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QFrame()
        body.setObjectName("side")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(18, 14, 18, 12)
        self.column.setSpacing(8)
        self.setWidget(body)
        section(self.column, "纸和文件一个版本码")
        self.code = label(self.column, "", "figure")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.file = label(self.column, "", "")
        label(self.column, "印在每页左下角和二维码里。县里收到纸和文件，一对就知道是不是同一份。", "second")
        section(self.column, "打印之前")
        self.left = label(self.column, "", "")
        label(self.column, "每页都有“第几页、共几页”，末页留签字和盖章的地方。", "second")
        section(self.column, "纸张")
        self.boxes = {name: self._box(name) for name in SHOWN}
        self.column.addStretch(1)

    def _box(self, name: str) -> QComboBox:
        """A setting of the paper, in force at once."""
        field, box = SETTINGS.field(name), QComboBox()
        label(self.column, field.label, "second")
        box.setAccessibleName(field.label)
        assert isinstance(field.kind, Choice)
        for option in field.kind.options:
            box.addItem(option.name, option.id)
        box.activated.connect(lambda _n: self._set(name, box.currentData()))
        self.column.addWidget(box)
        return box

    def _set(self, name: str, value: str) -> None:
        self.session.space.set({name: value})
        self.session.told.emit("设置已存好", "saved")
        self.changed.emit()

    def tell(self) -> None:
        """Everything as it is now."""
        session = self.session
        code = data_code(session.space.forms, session.ctx)
        self.code.setText(code)
        for name, box in self.boxes.items():
            box.setCurrentIndex(max(box.findData(session.space.settings.get(name)), 0))
        left = len(session.left)
        self.left.setText(f"审核还有{left}处，改好再打印，免得白盖章" if left else "审核通过，可以打印盖章")
        if session.space.role != "unit":
            self.file.setText("")
            return
        sent = handed(session.space, session.unit.code, session.period).sent
        if not sent:
            self.file.setText("还没有传出；现在传出的上报包就是这个版本码")
        elif sent[0].about.get("code") == code:
            self.file.setText(f"✓ 与已传出的第{sent[0].revision}版是同一份")
        else:
            self.file.setText(f"第{sent[0].revision}版传出以后又改过：打印的纸要和文件一致，请再传出一次")
