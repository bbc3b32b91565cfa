"""For the county viewing a unit: the version code that links the stamped paper to the submission."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from models.ledger.unit_files import counting_submission
from models.reporting.version_code import data_code
from ui.session import Session
from ui.widgets.heading import label, section
from ui.widgets.theme import Theme

WIDTH = 280


class VersionLink(QScrollArea):
    """The right side of the print page."""

    def __init__(self, session: Session, look: Theme) -> None:
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
        self.code = label(self.column, tone="figure")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label(self.column, "印在每页左下角和二维码里。收到纸和文件，一对就知道是不是同一份。", "second")
        section(self.column, "打印之前")
        self.left = label(self.column)
        label(self.column, "每页都有“第几页、共几页”，末页留签字和盖章的地方。", "second")
        self.column.addStretch(1)

    def tell(self) -> None:
        """Show the present version code and findings."""
        self.code.setText(data_code(self.session.space.forms, self.session.ctx))
        left = len(self.session.open_findings)
        self.left.setText(f"审核还有{left}处" if left else "审核通过")

    def tag(self) -> tuple[str, str]:
        """The note on the version code and its tone, compared with the submission that counts; '' if there is none."""
        counts = counting_submission(self.session.space, self.session.unit.code, self.session.period)
        if counts is None:
            return "", "acc"
        if counts.about.get("code") == self.code.text():
            return f"与收到的第{counts.revision}版是同一个版本码", "acc"
        return f"与收到的第{counts.revision}版不是同一份", "amb"
