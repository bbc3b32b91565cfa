"""汇总表 and 调度通报: the county's workbook and bulletins of a period, over all actions and for each of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from exports.batch import Job, write
from exports.sheets.bulletin import front
from exports.sheets.bulletin_content import Bulletin
from exports.sheets.county_notes import basis_note, conflict_note, progress_notes
from exports.sheets.sheet import Across, Book, ChartSpec, Counted, LineKind, Live, Sheet, Stamp
from exports.sheets.unit_sheets import SheetContext, painted, sheet_lines
from exports.writers import WRITERS, File, Look
from forms.county_papers import COUNTED, INDICATOR_VERDICTS, STANDINGS, of_all_units, progress, scores, trends
from forms.field import Context, Meaning, Row
from forms.form import Form
from forms.kind import Kind, Value
from forms.obstacles import OBSTACLES
from forms.parameters import SCORE_YEAR
from forms.projects import PROJECTS
from forms.states import Role
from forms.tasks import TASKS
from forms.verdict import has_share
from models.county.consolidation import ACTION, PLANNED, SPENT, STATUS, Consolidation
from models.county.indicator_results import IndicatorResult, indicator_results
from models.county.obstacle_lines import EARLIER
from models.county.rollup import Trend, trend
from models.county.score_tags import tag_column, tag_values, used_tags
from models.county.scoring import Scoring
from models.county.scoring_year import YearScoring
from models.county.standings import standings
from models.county.unit_states import absent_sentences, conflict_notice
from models.errors import NotKept
from models.plan.entries import Action, Indicator, Period
from models.workspace import Workspace

WORKBOOK = "xlsx"  # the consolidated tables are a workbook
BUILT = PROJECTS.means(Meaning.ACTION)
BULLETINS = tuple(w for w in WRITERS if w.bulletin)
BARS = ChartSpec(
    "bars", "分行动任务平均完成进度（%）", "action", bars=("percent", "before"), lines=("expected",), axis="%"
)


@dataclass(frozen=True)
class Papers:
    """Everything that `summary` writes, made from the store: a workbook, and bulletins by file name."""

    workbook: Book
    bulletins: Sequence[tuple[str, Book, Bulletin]]
    look: Look
    warning: str = ""  # to be shown to the user who writes them

    @property
    def count(self) -> int:
        """The number of files."""
        return 1 + len(self.bulletins) * len(BULLETINS)


def write_summary(
    space: Workspace, period: Period, out: Path, done: Callable[[int], None] = lambda n: None
) -> list[Path]:
    """Write the consolidated workbook and the bulletins; returns their paths. Raises UserError."""
    return write_papers(papers(space, period), out, done)


def papers(space: Workspace, period: Period, only: frozenset[str] = frozenset()) -> Papers:
    """The workbook and bulletins of a period: over all actions, and at the office one for each action; where `only` has
    unit codes, just the one over these units, and every paper says so.
    """
    whole = Consolidation(space, period, only)
    desk = SheetContext(whole.space.plan, space.now)
    look = space.settings.get("page") or "sheet", space.settings.get("black") == "yes"
    office = space.role == Role.OFFICE
    maker = _Maker(whole, desk)  # of the workbook and the bulletin over all: the year's scores are worked out once
    made = [_bulletin(maker, whole.actions[0] if not office else None)]
    if office and not only:
        made += [_bulletin(_Maker(whole.of_action(a.id), desk), a) for a in whole.actions]
    return Papers(maker.workbook(), made, look, conflict_notice(whole.states))


def write_papers(made: Papers, out: Path, done: Callable[[int], None] = lambda n: None) -> list[Path]:
    """Write the files into a folder without using the store; returns their paths. Raises NotKept with the names of the
    files that were not written.
    """
    files = _files(made, out)
    paths, n = [file.path for file in files], 0
    try:
        for n, file in enumerate(files):
            file.write()
            done(n + 1)
    except NotKept as why:
        left = "、".join(p.name for p in paths[n:])
        raise NotKept("papers.some-not-written", written=n, count=len(paths) - n, names=left, why=why) from None
    return paths


def _files(made: Papers, out: Path) -> list[File]:
    """The files in the order in which they are written."""
    job = Job(out, made.workbook, (WORKBOOK,), *made.look)
    found = [File(job.book.title, out / f"{job.book.name}.{WORKBOOK}", partial(write, [job]))]
    for name, book, first in made.bulletins:
        for one in BULLETINS:
            path = out / f"{name}.{one.name}"
            assert one.bulletin is not None
            found.append(File(book.title, path, partial(one.bulletin, path, book, first, made.look)))
    return found


def _bulletin(maker: "_Maker", action: Action | None) -> tuple[str, Book, Bulletin]:
    """File name, tables and first page of a bulletin; `action` is its action, None for the one over all."""
    whole, desk, period = maker.all_units, maker.desk, maker.all_units.period
    name = f"{period.id}_调度通报{_picked(whole)}" + (f"_{action.numeral}{action.name}" if action else "")
    title = f"{action.name if action else desk.plan.about['简称']}{period.name}调度通报"
    sheets = [maker.verdicts(), maker.progress(), maker.standings(), maker.obstacles()]
    sheets.append(maker.of_form(whole.space.form(TASKS.name)) if action else maker.scores())
    first = front(whole, desk.printed.date(), title, maker.trends)
    return name, Book(name, title, tuple(s for s in sheets if s.lines)), first


def _picked(whole: Consolidation) -> str:
    """The part of a file name for a summary over chosen units; "" over all."""
    return f"_选{len(whole.units)}个单位" if whole.only else ""


@dataclass(frozen=True)
class _Maker:
    """Makes the sheets of one consolidation."""

    all_units: Consolidation
    desk: SheetContext

    @cached_property
    def ctx(self) -> Context:
        return self.all_units.ctx

    @cached_property
    def scoring(self) -> Scoring:
        return Scoring(self.all_units, self.desk.printed.date())

    @cached_property
    def trends(self) -> list[tuple[Indicator, Trend]]:
        """The indicators with a measurable target and their values over the year, where at least one value was
        reported.
        """
        wanted = {a.id for a in self.all_units.actions}
        found = [i for i in self.all_units.space.plan.indicators if has_share(i) and i.action in wanted]
        made = [(i, trend(self.all_units, i.id)) for i in found]
        return [(i, t) for i, t in made if any(v is not None for _, v in t.points)]

    @cached_property
    def conflict_notice(self) -> tuple[str, ...]:
        return conflict_note(self.all_units)

    @cached_property
    def basis(self) -> str:
        return basis_note(self.all_units)

    def workbook(self) -> Book:
        """The workbook: progress, states of the units, every form, indicators, obstacles, scores."""
        space, period = self.all_units.space, self.all_units.period
        forms = [self.of_form(f) for f in space.forms]
        indicators = (self.verdicts(), self.indicators())
        sheets = [self.progress(), self.standings(), *forms, *indicators, self.obstacles(), self.scores()]
        return Book(f"{period.id}_汇总表{_picked(self.all_units)}", f"{period.name}汇总", tuple(sheets))

    def progress(self) -> Sheet:
        rows = self.all_units.progress()
        notes = (
            *progress_notes(self.all_units),
            self.basis,
            *self.conflict_notice,
            *self.corrected(),
        )
        made = self.sheet(progress(self.all_units.space.plan), rows, notes)
        return replace(made, charts=(BARS,), live=self._live(rows))

    def _live(self, rows: Sequence[Row]) -> Live:
        """Formulas that count and sum the rows of the other sheets."""
        plan = self.all_units.space.plan
        action, status = (self._kind(TASKS, n) for n in (ACTION, STATUS))
        live: dict[tuple[str, str], Across | Counted] = {}
        for row in rows:
            name = action.show(row["action"])  # of the paper; the forms that are counted have columns of their own
            live[row["id"], "lines"] = Counted(TASKS.name, (((ACTION, name),),))
            for o in plan.options("status"):
                word, column = status.show(o.id), f"{COUNTED}{o.id}"
                if row[column] == self._with_words(row[ACTION], [word]):  # not where the county has yet to confirm some
                    live[row["id"], column] = Counted(TASKS.name, (((ACTION, name), (STATUS, word)),))
            live[row["id"], "projects"] = Counted(PROJECTS.name, (((BUILT, name),),))
            for field, counted in (("plan", PLANNED), ("year_done", SPENT)):
                live[row["id"], field] = Counted(PROJECTS.name, (((BUILT, name),),), counted)
        return live

    def _with_words(self, action: Value, words: Sequence[str]) -> int:
        """How many task lines of an action have one of these words as their status."""
        status = self._kind(TASKS, STATUS)
        return sum(e.row[ACTION] == action and status.show(e.row[STATUS]) in words for e in self.all_units.of(TASKS))

    def _kind(self, form: Form, field: str) -> Kind:
        return self.all_units.space.plan.form(form).field(field).kind

    def standings(self) -> Sheet:
        space, whole = self.all_units.space, self.all_units
        notes = (*absent_sentences(whole.states), *self.conflict_notice)
        return self.sheet(STANDINGS.bound(space.plan), standings(whole), notes)

    def obstacles(self) -> Sheet:
        form = replace(
            of_all_units(self.all_units.space.form(OBSTACLES.name)),
            name="open_obstacles",
            title="未销号中梗阻台账",
            group="",
        )
        rows = [self._dated(r) for r in self.all_units.open_obstacles()]
        notes = (self.basis, *self.corrected(OBSTACLES, rows))
        return self.sheet(form.bound(self.all_units.space.plan), rows, notes)

    def _dated(self, row: Row) -> Row:
        """An obstacle's row; with a note where it is an earlier period's."""
        if EARLIER not in row:
            return row
        note = f"上期数（{self.all_units.space.plan.period(row[EARLIER]).name}报的）"
        return {**row, "note": f"{note}；{row['note']}" if row["note"] else note}

    def of_form(self, form: Form) -> Sheet:
        rows = self.all_units.lines(form)
        return self.sheet(
            of_all_units(form).bound(self.all_units.space.plan),
            rows,
            (self.basis, *self.conflict_notice, *self.corrected(form, rows)),
        )

    def corrected(self, form: Form | None = None, rows: Sequence[Row] = ()) -> tuple[str, ...]:
        """Notes on the cells that the office corrected: in these rows of a form, or in all rows."""
        ids = {r["id"] for r in rows}
        entries = [
            e for e in self.all_units.entries if form is None or (e.form.name == form.name and e.row["id"] in ids)
        ]
        return tuple(
            f"＊{e.unit.short}{c.form.title}第{c.number}行“{c.field.label}”{c.sentence}"
            for e in entries if self.all_units.corrections
            for c in self.all_units.corrected(e)
        )  # fmt: skip

    def verdicts(self) -> Sheet:
        """Every indicator of the plan with its verdict, by action."""
        form = INDICATOR_VERDICTS.bound(self.all_units.space.plan)
        order = {a.id: n for n, a in enumerate(self.all_units.actions)}
        judged = sorted(indicator_results(self.all_units), key=lambda j: order[j.indicator.action])
        rows = [self._verdict_row(j) for j in judged]
        made = self.sheet(form, rows, (*self.conflict_notice, *_waiting(self.all_units)))
        return replace(made, lines=tuple(x for x in made.lines if x.kind != LineKind.TOTAL))

    def _verdict_row(self, j: IndicatorResult) -> dict[str, Value]:
        i, made = j.indicator, j.judgement
        return {
            "id": i.id, "action": i.action, "indicator": i.name, "measure": i.measure, "target": i.wording,
            "total": j.total, "growth": made.change_text or None, "done": made.done, "gap": made.gap,
            "verdict": str(made.verdict), "why": made.why, "lead": j.lead.short, "official": j.official["value"] if j.official else None,
        }  # fmt: skip

    def indicators(self) -> Sheet:
        plan, whole = self.all_units.space.plan, self.all_units
        periods = [p for p in plan.periods if p.kind == whole.period.kind and p.end <= whole.period.end]
        rows = [self._trend_row(i, t) for i, t in self.trends]
        lines = tuple(p.id for p in periods)
        chart = ChartSpec("trend", "指标完成走势（累计占年度目标%）", "indicator", lines=lines, axis="%")
        made = self.sheet(trends(plan, periods), rows)
        body = tuple(
            x for x in made.lines if x.kind == LineKind.ROW
        )  # percentages of different targets cannot be summed
        charts = (chart,) if rows and len(lines) > 1 else ()
        return replace(made, lines=body, charts=charts, empty="还没有可以计算完成进度的指标")

    def _trend_row(self, indicator: Indicator, told: Trend) -> dict[str, Value]:
        from forms.derive import share

        points = {period: share(value, indicator.target) for period, value in told.points}
        return {"id": indicator.id, "indicator": indicator.id, "target": indicator.wording, **points}

    @cached_property
    def year(self) -> YearScoring:
        whole, known = self.all_units, {self.all_units.period.id: self.scoring}
        return YearScoring(whole.space, whole.period, self.scoring.today, whole.only, known)

    @cached_property
    def year_rows(self) -> Mapping[str, Row]:
        return self.year.rows()

    def scores(self) -> Sheet:
        """The ranking kind by kind, with the year's total so far and the labels' sub-totals."""
        plan, whole = self.all_units.space.plan, self.all_units
        form = scores(plan, [(tag_column(t), t.name) for t in used_tags(plan)])
        years, units = self.year_rows, {u.code: u for u in whole.units}
        rows = [{**r, **years[r["id"]], **tag_values(whole, units[r["id"]])} for r in self.scoring.rows()]
        unsure = any(not s.confirmed for s in plan.scoring)
        asked = "、".join(p.name for p in self.year.periods)
        notes = (
            *(("计分办法还有待确认的，本表是试算。",) if unsure else ()),
            f"今年累计：{asked}，{SCORE_YEAR.kind.show(plan.parameter(SCORE_YEAR))}。",
            *(
                f"{s.name}（{s.points.normalize():f}分）：{s.rule}{'' if s.confirmed else '（待确认）'}"
                for s in plan.scoring
            ),
        )
        items = tuple(s.id for s in plan.scoring)
        made = self.sheet(form, rows, notes)
        live = {(r["id"], "total"): Across(items) for r in rows if r["total"] is not None}
        head = replace(made.head, title=f"{made.head.title}（试算）") if unsure else made.head
        return replace(made, head=head, live=live)

    def sheet(self, form: Form, rows: Sequence[Row], notes: tuple[str, ...] = ()) -> Sheet:
        """A sheet of the county."""
        about: Mapping[str, str] = self.desk.plan.about
        scope = f"（选择汇总：{len(self.all_units.units)}个单位）" if self.all_units.only else ""
        head = self.desk.head(form, 0, self.all_units.period, f"制表机关：{about['制表机关']}{scope}")
        lines = sheet_lines(form, self.ctx, rows)
        plan, period = self.all_units.space.plan, self.all_units.period
        return Sheet(painted(form), head, lines, self._stamp(), (*form.notes, *plan.correction_note(period), *notes))

    def _stamp(self) -> Stamp:
        space, period = self.all_units.space, self.all_units.period
        sample = any(space.is_sample(u.code, period.id) for u in self.all_units.units)
        return Stamp("", period.id, space.plan.version, "", f"{self.desk.printed:%Y-%m-%d %H:%M}", sample)


def _waiting(whole: Consolidation) -> tuple[str, ...]:
    """A note with the units that have not reported, so that their indicators have no figure."""
    absent = [u for u in whole.units if u.code not in whole.contexts and whole.space.plan.indicators_of(u.code)]
    return (f"牵头单位未报、没有数的：{'、'.join(u.short for u in absent)}。",) if absent else ()
