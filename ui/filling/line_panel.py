"""行面板: beside the grid, the county's comments, the line, the cell with its problem, the year, earlier periods, the
history.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout

from forms.field import Context, Field, Row
from forms.form import Form
from forms.problem import LEVELS, REASON_LENGTH
from forms.states import CommentState
from models.ledger.return_comments import comments
from models.plan.entries import Period
from models.reporting.edit_log import record_history
from models.reporting.report import untouched
from models.store.store import HistoryEntry
from ui.filling.files_box import FilesBox
from ui.filling.item_parts import both_sides
from ui.filling.reason_row import CommentRow, ReasonRow
from ui.session import Session
from ui.widgets.heading import label, section
from ui.widgets.theme import Theme
from ui.widgets.year_bars import PeriodBar, YearBars

HISTORY, EARLIER = 6, 3  # entries of history and earlier periods shown, newest first


class LinePanel(QScrollArea):
    """Follows the current cell of a grid."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.orders: Callable[[QVBoxLayout, Form, Field, Row], None] = lambda *_cell: None  # adds the office's actions
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setMinimumWidth(240)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("本行详情")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()

    def _build(self) -> None:
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()  # later: the call may come from a box in this panel
        body = QFrame()
        body.setObjectName("side")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(14, 12, 14, 12)
        self.column.setSpacing(8)
        self.setWidget(body)

    def _line(self, text: str, tone: str = "") -> QLabel:
        line = label(self.column, text, tone)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return line

    def show_cell(self, form: Form, field: Field | None, row: Row | None, number: int = 0) -> None:
        """Show a cell and its line; nothing for a group's title."""
        self._build()
        if row is None or field is None:
            self._line("选中一格，这里显示它的全文、往期的值、审核问题和修改记录。", "second")
            self.column.addStretch(1)
            return
        self._came_back(form, field, row)
        self._county_feedback(form, field, row)
        self._line_title(form, field, row, number)
        self._cell(form, field, row)
        self.orders(self.column, form, field, row)
        self._problems(form, field, row)
        if field.stored:
            self._year(form, field, row)
            self._history(form, field, row)
        self.column.addStretch(1)

    def _came_back(self, form: Form, field: Field, row: Row) -> None:
        """The county's comments on the line; those on this cell can be answered here."""
        for comment in comments(self.session.space, self.session.unit.code, self.session.period):
            if (comment["form"], comment["record"]) == (form.name, row["id"]):
                here = form.find(comment["field"] or "")
                if here in (None, field):
                    self.column.addWidget(CommentRow(self.session, comment))
                elif comment["state"] == CommentState.OPEN:
                    self._line(f"“{here.label}”有退回的意见", "amber")

    def _county_feedback(self, form: Form, field: Field, row: Row) -> None:
        """What the county decided on the line, and which other cells of it the county corrected."""
        here = [t for t in self.session.corrected.values() if t.place[:2] == (form.name, row["id"])]
        for t in (t for t in here if t.of_row):
            self._line(t.text, "amber")
        for t in (t for t in here if t.decision and t.place[2] != field.name):
            self._line(t.text, "amber")
        others = [
            form.field(t.place[2]).label for t in here if not t.of_row and not t.decision and t.place[2] != field.name
        ]
        if others:
            self._line(f"县里更正了这一行的{'、'.join(f'“{name}”' for name in others)}", "amber")

    def _line_title(self, form: Form, field: Field, row: Row, number: int) -> None:
        """The line's number and the words of its first column."""
        first = next((f for f in form.fields if f.name != form.group), field)
        self._line(f"第{number}行" if number else "", "second").setVisible(bool(number))
        if first is not field and not form.record and (text := first.kind.show(row.get(first.name))):
            self._line(text)

    def _cell(self, form: Form, field: Field, row: Row) -> None:
        section(self.column, field.heading)
        text = field.kind.show(row.get(field.name))
        if field.kind.has_files:
            self.column.addWidget(FilesBox(self.session, self.look, form, field, row))
        else:
            self._line(text or "（没有填）")
        ours = self.session.corrected.get((form.name, row["id"], field.name))
        if ours and not ours.of_row:
            self._line(f"＊{ours.text}", "amber")
        if field.kind.prose:
            self._line(f"{len(text)}字，最多{field.kind.limit}字", "second")
        if not field.editable:
            self._line(
                "这一栏由县里在方案里定，本单位不能改。" if field.locked else "这一栏由程序算出或取自方案。", "second"
            )
        elif why := self.session.lock.why(form.name, row["id"], field.name):
            self._line(why, "amber")
        if field.explain and (says := field.explain(form.complete(row, self.session.now.ctx), self.session.now.ctx)):
            self._line(says, "second")
        if field.help:
            self._line(field.help, "second")

    def _problems(self, form: Form, field: Field, row: Row) -> None:
        for finding in self.session.now.findings_of(form.name).get(row["id"], ()):
            p = finding.problem
            if p.field == field.name:
                told, tone = f"{p.level} {LEVELS[p.level]}　{p.message}", "red" if p.level in "AB" else "amber"
                given = finding.settled and finding.reason
                self._line(f"✓ 已说明　{told}" if given else told, "second" if given else tone)
                if p.sides:
                    self.column.addLayout(both_sides(p.sides))
                if p.level in REASON_LENGTH:
                    self.column.addWidget(ReasonRow(self.session, finding))

    def _year(self, form: Form, field: Field, row: Row) -> None:
        """The cell through the periods of the year: bars for figures, words for texts."""
        past = self.session.earlier_periods(form)
        told = [(p, lines[row["line"]].get(field.name)) for p, lines in past if row["line"] in lines]
        if field.kind.numeric and (row.get(field.name) is not None or any(v is not None for _, v in told)):
            self._bars(field, row, told)
        filled = [(p, field.kind.show(v)) for p, v in told if v is not None][-EARLIER:]
        if filled:
            section(self.column, "往期")
            for period, text in reversed(filled):
                self._line(f"{self._short(period)}　{text}", "second")

    def _bars(self, field: Field, row: Row, told: Sequence[tuple[Period, Decimal | None]]) -> None:
        session = self.session
        values = {p.id: v for p, v in told} | {session.period.id: row.get(field.name)}
        periods = [p for p in session.space.plan.periods if p.kind == session.period.kind]
        bars = [
            PeriodBar(self._short(p), v, field.kind.show(v), p.id == session.period.id)
            for p in periods
            for v in [values.get(p.id)]
        ]
        self.column.addWidget(YearBars(self.look, bars, field.goal(row, session.ctx) if field.goal else None))

    def _short(self, period: Period) -> str:
        return period.name.removeprefix(f"{self.session.year}年")

    def _history(self, form: Form, field: Field, row: Row) -> None:
        given = _given(form, field, row, self.session.ctx)
        told = [(e, *_sides(e, field, given)) for e in record_history(self.session.space, form.name, row["id"])]
        told = [(e, old, new) for e, old, new in told if old != new]
        if not told:
            return
        section(self.column, f"这一格改过{len(told)}次")
        for e, before, after in reversed(told[-HISTORY:]):
            old, new = (field.kind.show(field.kind.read(text)) or "（空）" for text in (before, after))
            words = (e.typed or {}).get(field.name, "")
            old = f"{old} → “{words}”" if words else old
            who = f"　{e.person}" if e.person else ""
            self._line(f"{e.at[5:16].replace('T', ' ')}{who}\n{old} → {new}", "second")
        self._back(form, field, row, told[-1][0])

    def _back(self, form: Form, field: Field, row: Row, last: HistoryEntry) -> None:
        """A button that restores the value before the last change."""
        if last.before is None or not field.editable or self.session.lock.why(form.name, row["id"], field.name):
            return
        value = field.kind.read(last.before.get(field.name, ""))
        button = QPushButton("改回上一次的内容")
        button.setProperty("tone", "link")
        button.clicked.connect(
            lambda: self.session.edit(
                f"改回{field.label}", self.session.report(form).set(row["id"], {field.name: value})
            )
        )
        self.column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)


def _given(form: Form, field: Field, row: Row, ctx: Context) -> str:
    """The plan's value of a cell before the first edit of its line, as the history writes it; '' where it has none."""
    line = next((r for r in untouched(form, ctx) if r["id"] == row["id"]), None) if form.seed else None
    return "" if line is None or line[field.name] is None else field.kind.write(line[field.name])


def _sides(entry: HistoryEntry, field: Field, given: str) -> tuple[str, str]:
    """A cell's texts before and after a history entry; equal where the entry changed other cells. The plan's value
    comes and goes with the line, so it is nobody's edit.
    """
    if not field.editable and (entry.before is None or entry.after is None):
        return given, given
    before, after = ({field.name: given} if side is None else side for side in (entry.before, entry.after))
    return before.get(field.name, ""), after.get(field.name, "")
