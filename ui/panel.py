"""The line's panel: the current cell in full, its problem and reason, last period's value, and its history."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from forms.form import Field, Form, Row
from forms.problem import LEVELS, REASON_LENGTH
from models.checking import Finding, give_reason
from ui.session import Session
from ui.theme import Look

HISTORY = 6  # newest entries shown


class Panel(QScrollArea):
    """Follows the current cell of a grid."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.setWidgetResizable(True)
        self.setMinimumWidth(look.size(260))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("本行详情")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()

    def _build(self) -> None:
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()  # not at once: its own reason box may be what called
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(14, 12, 14, 12)
        self.column.setSpacing(8)
        self.setWidget(body)

    def _line(self, text: str, tone: str = "", wrap: bool = True) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(wrap)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if tone:
            label.setProperty("tone", tone)
        self.column.addWidget(label)
        return label

    def show_cell(self, form: Form, field: Field | None, row: Row | None) -> None:
        """Show one cell; nothing for a group's title."""
        self._build()
        if row is None or field is None:
            self._line("选中一格，这里显示它的全文、上期的值、审核问题和修改记录。", "second")
            self.column.addStretch(1)
            return
        self._problems(form, field, row)
        text = field.kind.show(row.get(field.name))
        self._line(field.heading, "section")
        self._line(text or "（没有填）")
        limit = getattr(field.kind, "limit", 0)
        if getattr(field.kind, "long", False) and limit:
            self._line(f"{len(text)}字，最多{limit}字", "second")
        if not field.editable:
            self._line(
                "这一栏由县里在方案里定，本单位不能改。" if field.locked else "这一栏由程序算出或取自方案。", "second"
            )
        elif why := self.session.lock.why(form.name, row["id"], field.name):
            self._line(why, "amber")
        if field.help:
            self._line(field.help, "second")
        self._before(form, field, row)
        self._history(form, field, row)
        self.column.addStretch(1)

    def _problems(self, form: Form, field: Field, row: Row) -> None:
        for finding in self.session.findings:
            p = finding.problem
            if (p.form, p.record, p.field) == (form.name, row["id"], field.name):
                self._line(f"{p.level} {LEVELS[p.level]}　{p.message}", "red" if p.level in "AB" else "amber")
                if p.level in REASON_LENGTH:
                    self._reason(finding)

    def _reason(self, finding: Finding) -> None:
        box = QLineEdit(finding.reason)
        box.setPlaceholderText(f"写明原因（至少{REASON_LENGTH[finding.problem.level]}个字），回车存好")
        box.setAccessibleName("审核说明")
        box.returnPressed.connect(lambda: self._give(finding, box.text()))
        self.column.addWidget(box)
        save = QPushButton("存好说明")
        save.clicked.connect(lambda: self._give(finding, box.text()))
        self.column.addWidget(save)

    def _give(self, finding: Finding, text: str) -> None:
        self.session.edit("审核说明", give_reason(self.session.space, finding, text.strip()))

    def _before(self, form: Form, field: Field, row: Row) -> None:
        before = self.session.ctx.before(form, row)
        if before and field.stored:
            self._line("上期", "section")
            self._line(field.kind.show(before.get(field.name)) or "（没有填）")

    def _history(self, form: Form, field: Field, row: Row) -> None:
        entries = [e for e in self.session.space.store.history(form.name, row["id"]) if field.name in (e.after or {})]
        if not entries:
            return
        self._line("修改记录", "section")
        for e in reversed(entries[-HISTORY:]):
            old = field.kind.show(field.kind.read((e.before or {}).get(field.name, "")))
            new = field.kind.show(field.kind.read((e.after or {}).get(field.name, "")))
            who = f"　{e.person}" if e.person else ""
            self._line(f"{e.at[5:16].replace('T', ' ')}{who}\n{old or '（空）'} → {new or '（空）'}", "second")
