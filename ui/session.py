"""当前单位和调度期: the open workspace, one unit and period. Every edit is saved here at once, and can be undone."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from forms.field import KEYS, Context, Row
from forms.form import Form
from forms.kind import Value
from forms.states import Role
from models import attachments
from models.act_backup import EDITS, back_up_everywhere, backed_up
from models.county.corrections import corrections
from models.ledger.county_feedback import CountyFeedback, Place, county_feedback
from models.ledger.submission_status import submission_status
from models.plan.entries import Period, Unit
from models.reporting.check import Finding
from models.reporting.live_period import LivePeriod
from models.reporting.lock import Lock, lock
from models.reporting.report import Report
from models.store.apply import Ready
from models.store.change import Change, Values
from models.store.clock import now_here
from models.workspace import Workspace
from ui.operations.bulk_edit import MANY, BulkEdit
from ui.operations.failure import run
from ui.undo_command import UndoCommand
from ui.widgets.follow import follow

COUNTY = "这是单位报来的内容，县里不直接改；有不对的，选中那一格退回，或由领导小组办公室更正"


class Session(QObject):
    """The open workspace with its unit and period. `changed` carries the changes written (none: read everything again),
    `scope_changed` means that unit or period is another, `message` carries a text and its tone for the status line.
    """

    changed = Signal(list)
    scope_changed = Signal()
    selection_summary = Signal(str)  # sum and count of the selected cells
    appearance_changed = Signal()  # colours or text size changed
    message = Signal(str, str)  # text, tone

    def __init__(self, space: Workspace) -> None:
        super().__init__()
        self.space = space
        self.undo = QUndoStack(self)
        self.written = 0  # edits since the window opened
        self.unit, self.period = space.units[0], space.period
        self.long = BulkEdit(self)
        follow(self, self.long.message, self.message.emit)
        self._now: LivePeriod | None = None
        self._ahead: tuple[Sequence[Change], LivePeriod, Ready] | None = None  # result of an edit, computed ahead
        self._dated: dict[str, set[str]] = {}
        self._lock: Lock | None = None
        self._returned: list[Row] | None = None
        self._corrected: dict[Place, CountyFeedback] | None = None
        self._past: dict[str, list[tuple[Period, dict[Value, Row]]]] = {}
        self._first: dict[tuple[str, str], Values] = {}  # values of a row before its first edit here
        self._made: set[tuple[str, str]] = set()  # rows that were made here

    def go(self, unit: Unit | None = None, period: Period | None = None) -> None:
        """Switch to another unit or period; the undo steps of the former one are dropped."""
        self.unit, self.period = unit or self.unit, period or self.period
        if period is not None:
            self.space.set({"current": period.id})
        self.undo.clear()
        self._past.clear()
        self._forget()
        self.scope_changed.emit()

    def tell(self, text: str, tone: str) -> None:
        """Show a message in the window's status line."""
        self.message.emit(text, tone)

    def refresh(self) -> None:
        """Read everything again after files were loaded: plan, units, period and rows may have changed."""
        self.undo.clear()
        self._past.clear()
        self.period = self.space.period
        self.unit = next((u for u in self.space.units if u.code == self.unit.code), self.space.units[0])
        self._forget()
        self.scope_changed.emit()

    def earlier_periods(self, form: Form) -> list[tuple[Period, dict[Value, Row]]]:
        """The unit's earlier periods of the same kind, oldest first, each with its rows by line. Read once."""
        if form.name not in self._past:
            now = self.period
            before = [p for p in self.space.plan.periods if p.kind == now.kind and p.end < now.start]
            rows = ((p, self.space.store.rows(form.name, self.unit.code, p.id)) for p in before)
            self._past[form.name] = [(p, {r["line"]: r for r in lines}) for p, lines in rows]
        return self._past[form.name]

    def is_edited(self, form: str, record: str, field: str, value: Value) -> bool:
        """Whether a cell has another value than when the window was opened."""
        key = form, record
        first = self._first.get(key, {})
        return first[field] != value if field in first else key in self._made and value is not None

    def renew(self) -> None:
        """Read the rows again after files came in at the county; pages are not rebuilt."""
        self.undo.clear()
        self._past.clear()
        self._forget()
        self.changed.emit([])

    def _forget(self) -> None:
        """Drop everything that was read, because it may have changed."""
        self.long.cancel()
        self._now = self._ahead = None
        self._dated = {}
        self._look_again()

    def _look_again(self) -> None:
        self._lock = self._returned = self._corrected = None

    def today(self) -> date:
        """The day by which work is judged here."""
        return self.space.today

    @property
    def now(self) -> LivePeriod:
        """The rows of the unit's period and the check results on them."""
        if self._now is None:
            self._now = LivePeriod.read(self.space, self.unit.code, self.period)
        return self._now

    @property
    def ctx(self) -> Context:
        """Plan, unit, period and rows that checks and derived fields read."""
        return self.now.ctx

    def dated(self, form: Form) -> set[str]:
        """The ids of the rows of a form that were changed in this period."""
        if form.name not in self._dated:
            self._dated[form.name] = self.space.store.edited(form.name, self.unit.code, self.period.id)
        return self._dated[form.name]

    @property
    def lock(self) -> Lock:
        """Which cells may not be changed, and why."""
        if self._lock is None:
            own = self.space.role == Role.UNIT
            self._lock = lock(self.space, self.unit.code, self.period) if own else Lock(COUNTY, own=False)
        return self._lock

    @property
    def year(self) -> int:
        """The plan year, which completes days typed without one."""
        return self.space.plan.year

    @property
    def findings(self) -> list[Finding]:
        """All check results of the unit's period."""
        return self.now.findings

    @property
    def open_findings(self) -> list[Finding]:
        """The check results that still have to be dealt with."""
        return self.now.open_findings

    @property
    def returned(self) -> list[Row]:
        """The county's open comments on this period."""
        if self._returned is None:
            own = self.space.role == Role.UNIT
            self._returned = submission_status(self.space, self.unit.code, self.period).open if own else []
        return self._returned

    @property
    def corrected(self) -> dict[Place, CountyFeedback]:
        """The cells for which the county counts another value: its own corrections, or those a unit received."""
        if self._corrected is None:
            own = self.space.role == Role.UNIT
            ours = () if own else (c for c in corrections(self.space, self.ctx) if c.holds)
            self._corrected = (
                county_feedback(self.space, self.ctx)
                if own
                else {c.place: CountyFeedback(c.place, c.sentence) for c in ours}
            )
        return self._corrected

    @property
    def forms(self) -> list[Form]:
        """The forms this unit reports on."""
        return [f for f in self.space.forms if f.expected(self.ctx)]

    def report(self, form: Form) -> Report:
        """The rows of a form as they are now."""
        return self.now.report(form)

    def edit(self, label: str, changes: Sequence[Change]) -> bool:
        """Write an edit as one step of undo; False, with a message, where it could not be written."""
        if not changes:
            return True
        label, changes = self.space.with_withdrawn(label, changes)
        why = self.long.why or (self.lock.reason and next(filter(None, (self._why(c) for c in changes)), ""))
        if why:
            self.message.emit(why, "red")
            return False
        if not self._write(changes, label):
            return False
        self.undo.push(UndoCommand(label, changes, self._write_again))
        return True

    def carry_out(
        self, label: str, changes: Sequence[Change], done: Callable[[bool], None] = lambda _kept: None
    ) -> None:
        """Like `edit`, for any number of rows: a long edit is checked in slices first, so that the window does not
        stop. `done` gets whether it was written.
        """
        said, whole = self.space.with_withdrawn(label, changes)
        self._run("正在审核", whole, lambda: done(self.edit(said, whole)))

    def _run(self, words: str, changes: Sequence[Change], done: Callable[[], object]) -> None:
        self.long.run(words, len(changes), self._foresee(changes), done, steps=2)  # prepared, then checked

    def _foresee(self, changes: Sequence[Change]) -> Iterator[None]:
        """Compute an edit of many rows and its check results ahead, in slices; `_write` uses what is kept."""
        forms = {f.name for f in self.space.forms}
        ahead = self.now.after(changes) if len(changes) >= MANY and forms.issuperset(c.form for c in changes) else None
        if ahead is not None:
            ready = Ready(self.space.store.forms)
            for change in changes:
                ready.add(change)
                yield
            yield from ahead.judging()
            self._ahead = changes, ahead, ready

    def take_back(self) -> None:
        """Undo the last edit (Ctrl+Z)."""
        self._step(self.undo.index() - 1, self.undo.undo)

    def do_again(self) -> None:
        """Redo the last edit undone (Ctrl+Y)."""
        self._step(self.undo.index(), self.undo.redo)

    def _step(self, n: int, step: Callable[[], None]) -> None:
        """Undo or redo step `n`; where it changes many rows, its result is computed in slices first."""
        edit = self.undo.command(n) if 0 <= n < self.undo.count() else None
        if isinstance(edit, UndoCommand):
            changes = edit.back if n < self.undo.index() else edit.changes
            self._run("正在撤销" if n < self.undo.index() else "正在重做", changes, step)

    def remember(self, label: str, changes: Sequence[Change]) -> None:
        """Make an edit that was already written, such as a loaded workbook, a step of undo."""
        if changes:
            self.written += 1
            self._forget()
            self.undo.push(UndoCommand(label, changes, self._write_again))

    def _why(self, change: Change) -> str:
        """Why a change may not be made: of a cell, of a row, or of a statement about a form; '' where it may."""
        if change.form not in {f.name for f in self.space.forms}:
            return ""
        names = [n for n, v in (change.after or {}).items() if v is not None or change.before is not None]
        form = self.space.form(change.form)
        if change.before is None and form.seed:  # first write of a plan row: only what the unit fills in
            names = [n for n in names if n not in KEYS and form.field(n).editable]
        elif change.before is None or change.after is None:
            names = [""]
        return next(filter(None, (self.lock.why(change.form, change.id, n) for n in names)), "")

    def _write(self, changes: Sequence[Change], label: str) -> bool:
        ahead = self._ahead if self._ahead and self._ahead[0] is changes else None
        self._ahead = None
        with_backup = backed_up(self.space, "edit") if {c.form for c in changes} & EDITS else nullcontext()

        def apply() -> None:
            with with_backup:
                self.space.apply(changes, label, ahead[2] if ahead else None)

        if not run(self, apply):
            return False
        self._follow(changes, ahead[1] if ahead else self._now.after(changes) if self._now else None)
        self.message.emit(f"已存好　{label}　{now_here():%H:%M:%S}", "saved")
        self.changed.emit(list(changes))
        return True

    def _write_again(self, changes: Sequence[Change], label: str) -> bool:
        """Write the changes of an undo or redo; rows changed in this period may be fewer afterwards."""
        self._dated.clear()
        return self._write(changes, label)

    def _follow(self, changes: Sequence[Change], now: LivePeriod | None) -> None:
        """Update what is kept in memory after an edit: rows, check results, changed rows and their first values."""
        fresh = {c.form for c in changes if c.before is None} & {f.name for f in self.space.forms if f.seed}
        given = {(n, r["id"]): r for n in fresh for r in (self._now.ctx.rows[n] if self._now else ())}  # of the plan
        self._now = now
        self._look_again()
        self.written += 1
        self._dated = {form: dated | {c.id for c in changes if c.form == form} for form, dated in self._dated.items()}
        for c in changes:
            key = c.form, c.id
            if (before := c.before or given.get(key)) is None:
                self._made.add(key)
            elif c.after is not None:
                self._first[key] = {**before, **self._first.get(key, {})}

    def close(self) -> None:
        """Back up what was changed, and close the workspace."""
        self.undo.clear()  # a stack with steps emits while it is destroyed, when its listeners may be half destroyed
        attachments.forget_copies(self.space.folder / attachments.OPENED)
        if self.written or self.space.store.conn.total_changes:
            back_up_everywhere(self.space)
        self.space.close()
