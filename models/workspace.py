"""A workspace (工作区): one folder with the store, the plan in force, and what this PC is used for."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from forms.field import Context, Row
from forms.form import Form
from forms.kind import Value
from forms.pace import reference_day
from forms.records import SETTINGS
from forms.states import Role, Statement
from models.errors import UserError, cause
from models.ledger.county_acts import allowed_dues
from models.ledger.intake_log import IntakeLog
from models.plan.entries import Period, Unit
from models.plan.in_force import PlansInForce
from models.plan.plan import Plan
from models.plan.reader import read_built_in, read_texts, remembering
from models.reporting.inherited import inherited
from models.reporting.report import Report, lines
from models.store import backup
from models.store.apply import Ready
from models.store.backup import damaged
from models.store.change import Change
from models.store.clock import today_here
from models.store.connection import refused
from models.store.data_folder import FILE
from models.store.placement import kept_name, put_in_place, remove_store
from models.store.store import Store, record_id
from models.work_day import WorkDay

SETTINGS_ID = record_id(SETTINGS.name, "", "", "workspace")
CLOSED = Statement.CLOSED
DEFAULTS = {"page": "sheet", "black": "no", "theme": "light", "font_size": 100}


class Workspace(WorkDay):
    """What a program run works on. Made by `create` or `open`; `close` when done."""

    def __init__(self, folder: Path, store: Store, plan: Plan) -> None:
        self.folder, self.store, self.plan = folder, store, plan
        self.plans = PlansInForce(store)
        self.base = self  # of a view that `at` gave, the workspace itself
        self.acts = 0  # of the county, one inside the other, that are under way: see models.act_backup

    @classmethod
    def create(cls, folder: Path, role: str, units: Sequence[str] = (), action: str = "") -> "Workspace":
        """A new workspace from the built-in plan. `units` and `action` are codes, names or ids as people give them;
        everything is checked before anything is written.
        """
        if (folder / FILE).exists():
            raise UserError("workspace.exists", folder=folder)
        plan = read_built_in()
        codes = [plan.unit(u).code for u in units]
        if role == Role.UNIT and not codes:
            raise UserError("workspace.which-unit")
        if role == Role.TEAM and not action:
            raise UserError("workspace.which-action", action=plan.actions[0].id)
        values = {
            "role": role,
            "units": "、".join(dict.fromkeys(codes)) or None,
            "action": plan.action(action).id if action else None,
            "current": plan.current(today_here()).id,
            **DEFAULTS,
        }
        return cls(folder, _new_store(folder, plan, values), plan)

    @classmethod
    def begin(cls, folder: Path, plan: Plan, unit: str, period: str) -> "Workspace":
        """A new workspace of one unit over a plan that came from the county."""
        if (folder / FILE).exists():
            raise UserError("workspace.exists", folder=folder)
        values = {"role": str(Role.UNIT), "units": plan.unit(unit).code, "current": plan.period(period).id, **DEFAULTS}
        return cls(folder, _new_store(folder, plan, values), plan)

    def discard(self) -> None:
        """Undo `create` or `begin`: the store goes, and its folder where nothing else lies in it."""
        self.close()
        remove_store(self.folder / FILE)
        with suppress(OSError):
            self.folder.rmdir()

    def take_plan(self, plan: Plan) -> None:
        """Put another plan in force; it is kept already."""
        self.plan = remembering(plan, self.store.older_plans(plan.digest))

    @classmethod
    def open(cls, folder: Path) -> "Workspace":
        """The workspace in `folder`; raises UserError where there is none."""
        if not (folder / FILE).exists():
            raise UserError("workspace.none", folder=folder)
        if (folder / FILE).stat().st_size == 0:  # never so by itself: a store has its tables from the first moment
            raise damaged(folder / FILE)
        store = Store.open(folder / FILE)
        if store.row(SETTINGS.name, SETTINGS_ID) is None:
            store.close()
            raise damaged(folder / FILE)
        texts = store.plan_texts()
        plan = read_texts(texts, checked=True) if texts else read_built_in()
        return cls(folder, store, remembering(plan, store.older_plans(plan.digest)))

    def at(self, period: Period) -> "Workspace":
        """The workspace as it was in a period: the same store and settings, with the plan that was in force on the
        period's last day, and of it only what was valid then. The workspace itself where that is its plan.
        """
        base = self.base
        plan = base.plans.at(period, base.plan)
        if plan is self.plan:
            return self
        there = Workspace(self.folder, self.store, plan)
        there.plans, there.base = base.plans, base
        return base if plan is base.plan else there

    def period_of(self, word: str) -> Period:
        """The period of an id or name: of the plan in force, or of one that was kept (an earlier year's can be looked at).
        Raises UserError.
        """
        if self.plan.find("periods", word) is None:
            for period in self.plans.periods().values():
                if word in (period.id, period.name):
                    return period
        return self.plan.period(word)

    @property
    def file(self) -> Path:
        """The file of the store."""
        return self.store.path

    @property
    def intake(self) -> IntakeLog:
        """The intake log: what came in, load by load."""
        return IntakeLog(self.store)

    @property
    def backup_places(self) -> list[Path]:
        """The folders of the backups: beside the store, and the other place of the settings."""
        other = self.settings.get("backup_place")
        own = self.folder / "backups"
        return [own, Path(other)] if other and Path(other) != own else [own]

    def back_up(self, place: Path) -> Path:
        """Write a backup into a folder and read it back; gives its file. Raises UserError."""
        return backup.make(self.store.db, place)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    ## settings

    @property
    def settings(self) -> Row:
        """The settings record; {} before the first was set."""
        return self.store.row(SETTINGS.name, SETTINGS_ID) or {}

    def set(self, values: Mapping[str, Value]) -> None:
        """Change settings, at once and with history."""
        now = self.settings
        if now:
            changed = {n: v for n, v in values.items() if now.get(n) != v}
            change = Change(SETTINGS.name, SETTINGS_ID, {n: now.get(n) for n in changed}, changed) if changed else None
        else:
            keys = {"id": SETTINGS_ID, "unit": "", "period": "", "line": "workspace", "position": 0}
            change = Change(SETTINGS.name, SETTINGS_ID, None, {**keys, **values})
        self.store.apply([change] if change else [], "设置", self.person)

    @property
    def person(self) -> str:
        """Who works here, for the history."""
        return self.settings.get("person") or ""

    @property
    def role(self) -> Role:
        """What this workspace is for."""
        return Role(self.settings.get("role") or Role.UNIT)

    @property
    def units(self) -> list[Unit]:
        """The units this workspace answers for: its own, its action's, or all."""
        if self.role == Role.UNIT:
            return [self.plan.unit(code) for code in (self.settings.get("units") or "").split("、") if code]
        action = self.settings.get("action") if self.role == Role.TEAM else None
        if not action:
            return list(self.plan.units)
        return [u for u in self.plan.units if any(t.action == action for t, _ in self.plan.tasks_of(u.code))]

    def only_unit(self, word: str = "") -> Unit:
        """The unit that was named, or the only one there is; it must be one of this workspace."""
        mine = self.units
        if not word and len(mine) != 1:
            raise UserError("workspace.several-units", count=len(mine), units=self._mine)
        return self.asked_units([word] if word else [])[0]

    def asked_units(self, words: Sequence[str]) -> list[Unit]:
        """The units that were named, each once, or all of this workspace; each must be one of them."""
        mine = self.units
        asked = list(dict.fromkeys(self.plan.unit(w) for w in words)) or mine
        other = next((u for u in asked if u not in mine), None)
        if other is not None:
            verb = "填报" if self.role == Role.UNIT else "负责"
            raise UserError("workspace.other-unit", verb=verb, unit=other.short, units=self._mine)
        return asked

    @property
    def _mine(self) -> str:
        """The units of this workspace for a sentence, the first eight of them."""
        mine = self.units
        return "、".join(f"{u.short}（{u.code}）" for u in mine[:8]) + (f"等{len(mine)}个" if len(mine) > 8 else "")

    @property
    def period(self) -> Period:
        """The current period."""
        return self.plan.period(self.settings["current"])

    ## forms of a unit and period

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms of the plan in force, bound to it, in printing order."""
        return self.plan.forms

    def form(self, word: str) -> Form:
        """The form of a name or title, bound to the plan in force."""
        for form in self.forms:
            if word in (form.name, form.title):
                return form
        raise UserError(
            "workspace.no-such-form", word=word, forms="、".join(f"{f.title}（{f.name}）" for f in self.forms)
        )

    def context(self, unit: str, period: Period) -> Context:
        """The context of a unit and period: the plan in force then, the reference day, and last period's and this period's rows of every form."""
        there = self.at(period)
        period, before = there.plan.period(period.id), there.plan.period_before(period)
        previous: dict[tuple[str, str], Row] = {
            (f.name, r["line"]): r
            for f in there.forms
            for r in (self.store.rows(f.name, unit, before.id) if before else ())
        }
        taken = inherited(self.store, there.plan, unit, period, there.forms)
        previous |= {(t.form.name, t.line): t.row for t in taken if (t.form.name, t.line) not in previous}
        ctx = Context(
            there.plan,
            unit,
            period,
            previous,
            day=reference_day(period, self.today),
            dues=allowed_dues(self.store, there.plan, unit, period),
        )
        return replace(ctx, rows={f.name: lines(self.store, f, ctx) for f in there.forms})

    def report(self, form: Form, ctx: Context) -> Report:
        """The lines of one bound form, for reading and editing."""
        return Report.read(self.store, form, ctx)

    def apply(self, changes: Sequence[Change], label: str, ready: Ready | None = None) -> None:
        """Write changes under the person at work here."""
        self.store.apply(changes, label, self.person, ready)

    ## statements: 零报告, 本期无变化, 示例数据

    def statements(self, unit: str, period: str) -> dict[str, str]:
        """What was stated about each form: form name → zero or unchanged; "*" → sample."""
        return {r["form"]: r["kind"] for r in self.store.rows("statements", unit, period)}

    def state(self, unit: str, period: str, form: str, kind: str) -> list[Change]:
        """The change that states something about a form; an empty kind takes the statement back."""
        id = record_id("statements", unit, period, form)
        now = self.store.row("statements", id)
        keys = {"id": id, "unit": unit, "period": period, "line": form, "position": 0}
        after = {**keys, "form": form, "kind": kind} if kind else None
        if now is not None and after is not None:
            return [Change("statements", id, {"kind": now["kind"]}, {"kind": kind})]
        return [Change("statements", id, now, after)] if now or after else []

    def withdrawn(self, changes: Sequence[Change]) -> list[Change]:
        """The changes that take 零报告 back where other changes bring lines: it says that there are none."""
        if any(c.form == "statements" for c in changes):
            return []
        new = {(c.after["unit"], c.after["period"], c.form) for c in changes if c.before is None and c.after}
        own = {f.name for f in self.forms if f.own}
        found = []
        for unit, period, form in sorted(n for n in new if n[2] in own):
            if self.statements(unit, period).get(form) == Statement.ZERO:
                found += self.state(unit, period, form, "")
        return found

    def with_withdrawn(self, label: str, changes: Sequence[Change]) -> tuple[str, Sequence[Change]]:
        """An edit with those changes, and its label saying so; the same edit where there are none."""
        said = self.withdrawn(changes)
        return (f"{label}，撤销零报告", [*changes, *said]) if said else (label, changes)

    def is_sample(self, unit: str, period: str) -> bool:
        """Whether this period of the unit holds made-up data."""
        return Statement.SAMPLE in self.statements(unit, period).values()

    ## 封存

    def is_closed(self, period: str) -> bool:
        """Whether the county has closed the period off: nothing in it changes any more."""
        row = self.store.row("statements", record_id("statements", "", period, CLOSED))
        return row is not None

    def close_off(self, period: str, closed: bool = True) -> list[Change]:
        """The change that closes a period off, or opens it again."""
        id = record_id("statements", "", period, CLOSED)
        now = self.store.row("statements", id)
        keys = {"id": id, "unit": "", "period": period, "line": CLOSED, "position": 0}
        after = {**keys, "form": CLOSED, "kind": str(CLOSED)} if closed else None
        return [Change("statements", id, now, after)] if bool(now) != closed else []


def _new_store(folder: Path, plan: Plan, settings: Mapping[str, Value]) -> Store:
    """A store with its plan and settings, put in its place once complete: a power cut leaves none or all of it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("workspace.folder-not-made", cause=cause(error), folder=folder) from None
    part = folder / f"{FILE}.part"
    try:
        remove_store(part)  # of a start that a power cut ended
        space = Workspace(folder, Store.open(part), plan)
        try:
            space.store.keep_plan(plan.digest, plan.texts)
            space.set(settings)
        finally:
            space.close()
        put_in_place(part, folder / FILE, kept_name(folder))
    except OSError as error:
        raise UserError("workspace.store-not-made", cause=cause(error), folder=folder) from None
    except sqlite3.Error as error:
        raise refused(error, folder / FILE) from None
    finally:
        with suppress(OSError):
            remove_store(part)
    return Store.open(folder / FILE)
