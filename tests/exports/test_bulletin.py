"""The leader's page: every figure equals what independent SQL and the plan's tables say, and all is on the paper."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from exports.county_papers import papers
from exports.pdf.bulletin_painter import write_bulletin
from exports.sheets.bulletin import front
from exports.sheets.bulletin_content import Bulletin, CellLevel
from exports.sheets.sheet import Book
from forms.verdict import VERDICT_WORDS, Figures, Moment, judge
from models.county.consolidation import Consolidation
from models.plan.plan import Plan
from models.workspace import Workspace
from tests.models.county_months import reported

TODAY, TITLE = date(2024, 10, 28), "示例调度通报"
CAME = "2024-10-20T09:00:00+08:00"
SLOW = {"warn", "idle"}


@pytest.fixture(scope="module")
def first(consolidated: Consolidation) -> Bulletin:
    return front(consolidated, TODAY, TITLE, [])


@pytest.fixture(scope="module")
def page(first: Bulletin, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of the painted page, without spaces and line ends."""
    return text(first, tmp_path_factory.mktemp("page") / "a.pdf")


def text(first: Bulletin, path: Path) -> str:
    write_bulletin(path, Book("a", "b"), first)
    return re.sub(r"\s", "", PdfReader(path).pages[0].extract_text())


def tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))


def average(values: list[int]) -> Decimal:
    """The mean of scaled percentages, to a tenth."""
    return tenth(sum(map(Decimal, values), Decimal(0)) / 10 / len(values))


class Asked:
    """What SQL that knows nothing of the program says of a month's task lines."""

    def __init__(self, whole: Consolidation, period: str) -> None:
        self.plan: Plan = whole.space.plan
        sql = "SELECT unit, task, status, percent FROM tasks WHERE period=?"
        self.lines = whole.space.store.db.conn.execute(sql, (period,)).fetchall()
        self.action = {t.id: t.action for t in self.plan.tasks}
        self.mark = {o.id: o.mark for o in self.plan.options("status")}
        self.units = {u for u, *_ in self.lines}

    def percents(self, action: str = "", units: set[str] | None = None) -> list[int]:
        return [
            p
            for u, t, _, p in self.lines
            if p is not None and action in ("", self.action[t]) and (units is None or u in units)
        ]

    def weighted(self, unit: str) -> Decimal:
        """The mean of a unit's percentages, lead counting twice."""
        lead = {a.task for a in self.plan.assignments if a.unit == unit and a.role == "lead"}
        pairs = [(p, 2 if t in lead else 1) for u, t, _, p in self.lines if u == unit and p is not None]
        exact = sum((Decimal(p) * w for p, w in pairs), Decimal(0)) / 10 / sum(w for _, w in pairs)
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)

    def tasks(self, unit: str) -> int:
        return sum(u == unit and p is not None for u, _, _, p in self.lines)


@pytest.fixture(scope="module")
def now(consolidated: Consolidation) -> Asked:
    return Asked(consolidated, "2024-10")


@pytest.fixture(scope="module")
def then(consolidated: Consolidation) -> Asked:
    return Asked(consolidated, "2024-09")


def test_the_sentence_on_all_tasks(first: Bulletin, page: str, now: Asked, then: Asked) -> None:
    both = now.units & then.units
    mean_now = average(now.percents())
    more = average(now.percents(units=both)) - average(then.percents(units=both))
    told = dict(first.sentences)["总体"]
    assert told.startswith(
        f"任务{len(now.lines)}项，平均完成{mean_now}%，比序时（83.3%）慢{Decimal('83.3') - mean_now}个百分点"
    )
    assert f"比上月多{more}个百分点" in told
    counted, names = Counter(s for _, _, s, _ in now.lines), {o.id: o.name for o in now.plan.options("status")}
    assert f"报已完成待核验{counted.pop('done')}项" in told  # the county has confirmed none yet
    for status, name in names.items():
        assert (f"{name}{counted[status]}项" in told) == bool(counted[status] and status != "doing"), name
    assert told[:60] in page


def test_the_bars_of_the_actions(first: Bulletin, page: str, now: Asked, then: Asked) -> None:
    both = now.units & then.units
    for action, bar in zip(now.plan.actions, first.bars, strict=True):
        assert bar.percent == average(now.percents(action.id))
        assert bar.before == average(then.percents(action.id, both))
        assert bar.change == average(now.percents(action.id, both)) - bar.before
        assert bar.late == sum(now.action[t] == action.id and now.mark.get(s) == "late" for _, t, s, _ in now.lines)
        assert f"{bar.name}{bar.percent}{bar.change:+}{bar.late}项" in page
    slowest = sorted(b.percent or 0 for b in first.bars)[:2]
    assert {b.name for b in first.bars if b.slowest} == {b.name for b in first.bars if b.percent in slowest}


def test_the_rankings(first: Bulletin, page: str, now: Asked, then: Asked) -> None:
    kinds = {"township": "乡镇", "department": "县直部门"}
    for kind, table in zip(kinds, first.ranking, strict=True):
        units = [u for u in now.plan.units if u.kind == kind and now.tasks(u.code) >= 5]
        means = {u.short: now.weighted(u.code) for u in units}
        both = {u.short: u.code for u in units if then.tasks(u.code) >= 5}
        before, since = ({s: asked.weighted(c) for s, c in both.items()} for asked in (then, now))
        assert table.title == f"{kinds[kind]}（{len(units)}家）"
        for line in table.lines:
            assert (line.percent, line.place) == (means[line.unit], 1 + sum(m > line.percent for m in means.values()))
            assert line.tasks == now.tasks(next(u.code for u in units if u.short == line.unit))
            was, is_now = ([1 + sum(o > m[line.unit] for o in m.values())] for m in (before, since) if line.unit in m)
            assert line.moved == was[0] - is_now[0]
        shown = [*table.lines[:5], *table.lines[-5:]]
        for line in shown:
            assert re.search(f"{line.place}{line.unit}{line.tasks}项.{{0,3}}{line.percent}", page), line
    few = [u for u in now.plan.units if u.code in now.units and 0 < now.tasks(u.code) < 5]
    assert f"不足5项的{len(few)}家" in page
    for word, end in (("最差", -1), ("最好", 0)):
        for table in first.ranking:
            assert f"{table.lines[end].unit}（{table.lines[end].percent}%）" in dict(first.sentences)[word]


def test_the_main_indicators(first: Bulletin, page: str, consolidated: Consolidation) -> None:
    """Each of them is one unit's own, so that its line in the store is its figure."""
    plan, ask = consolidated.space.plan, consolidated.space.store.db.conn.execute
    main = [i for i in plan.indicators if i.main]
    sql = "SELECT indicator, total, last_year FROM indicators WHERE period='2024-10'"
    stored = {i: (total, last) for i, total, last in ask(sql)}
    assert len(first.indicators) == len(main) == 10
    for indicator, line in zip(main, first.indicators, strict=True):
        total, last = (None if v is None else Decimal(v) / 10000 for v in stored.get(indicator.id, (None, None)))
        made = judge(indicator, Figures(total, last), Moment(Decimal("83.3")))
        assert line.verdict == made.word == VERDICT_WORDS[made.verdict]
        assert Decimal(line.total.replace(",", "")) == total if total is not None else line.total == "—"
        assert Decimal(line.last_year.replace(",", "")) == last if last is not None else line.last_year == "—"
        assert f"{line.total}{line.last_year}{line.change}{line.verdict}".replace(" ", "") in page
    told = dict(first.sentences)["最好"]
    for word, count in Counter(line.verdict for line in first.indicators).items():
        assert f"{word}{count}项" in told


def test_the_matrix(first: Bulletin, now: Asked, consolidated: Consolidation) -> None:
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit, task, status, _ in now.lines:
        lines[unit, now.action[task]].append(now.mark.get(status, ""))
    columns = {c.unit: c for _, units in first.matrix.groups for c in units}
    assert len(columns) == 65
    for unit in now.plan.units:
        column = columns[unit.short]
        assert bool(column.cells) == (unit.code in consolidated.contexts)
        for action, cell in zip(now.plan.actions, column.cells, strict=False):
            marks = lines[unit.code, action.id]
            late, other = marks.count("late"), sum(m in SLOW for m in marks)
            level = (
                "late" if late and late * 3 >= len(marks) else "slow" if late or other else "fine" if marks else "empty"
            )
            assert (cell.level, cell.count) == (level, late + other)


def test_the_obstacles(first: Bulletin, page: str, consolidated: Consolidation) -> None:
    plan, ask = consolidated.space.plan, consolidated.space.store.db.conn.execute
    sql = "SELECT unit, line, level, text, wanted FROM obstacles WHERE period=? AND status IS NOT 'closed'"
    rows = [r for r in ask(sql, ("2024-10",)) if r[0] in consolidated.contexts]
    rows += [r for r in ask(sql, ("2024-09",)) if r[0] not in consolidated.contexts]
    begun: dict[tuple[str, str], date] = {}
    for period in ("2024-09", "2024-10"):
        for unit, line in ask("SELECT unit, line FROM obstacles WHERE period=?", (period,)).fetchall():
            arrivals = ask("SELECT min(at) FROM packages WHERE unit=? AND period=? AND way='in'", (unit, period))
            came = datetime.fromisoformat(arrivals.fetchone()[0]).date()
            begun.setdefault((unit, line), min(came, plan.period(period).due))
    top = [
        (unit, text, wanted, (TODAY - begun[unit, line]).days) for unit, line, lv, text, wanted in rows if lv == "group"
    ]
    long = sum(days > 30 for *_, days in top)
    assert f"未销号{len(top)}件，其中挂账超过30天{long}件；挂账最久的4件" in dict(first.sentences)["请定"]
    assert [o.days for o in first.obstacles] == sorted((days for *_, days in top), reverse=True)[:4]
    short = {u.code: u.short for u in plan.units}
    known = {(short[u], text, wanted, days) for u, text, wanted, days in top}
    assert {(o.unit.rstrip("＊"), o.text, o.wanted, o.days) for o in first.obstacles} <= known
    levels = Counter(r[2] for r in rows)
    assert f"未销号共{len(rows)}件：领导小组{levels['group']}件、专班{levels['team']}件、单位{levels['unit']}件" in page


def test_what_the_figures_rest_on(first: Bulletin, now: Asked, then: Asked, consolidated: Consolidation) -> None:
    absent = [u.short for u in consolidated.units if u.code not in consolidated.contexts]
    late = sum(s.late for s in consolidated.states if s.unit.code in consolidated.contexts)
    failing = len(consolidated.rests_on.failing)
    assert first.basis.startswith(f"65家已报{65 - len(absent)}家，其中有强制或准强制问题{failing}家（")
    assert f"、迟报{late}家。未报{len(absent)}家：{'、'.join(absent)}，" in first.basis
    assert first.basis.endswith(f"只比两期都报的{len(now.units & then.units)}家。")


def test_a_bad_month_shows_on_page_and_table(new_space: Callable[..., Workspace], tmp_path: Path) -> None:
    """99 accidents, incomes 20 % down, 12 bad days after 8: on the page, and in the table of all indicators."""
    space = new_space(role="office")
    period, wanted = space.plan.period("2024-10"), {"重特大事故": (99, 0), "地区生产总值增速（经济增速）": (6, 5), "城乡居民收入增速": (-20, 6), "重污染天气": (12, 8)}  # fmt: skip
    by_lead: dict[str, list[dict[str, object]]] = defaultdict(list)
    for i in (i for i in space.plan.indicators if i.name in wanted):
        total, last = wanted[i.name]
        by_lead[i.lead].append({"indicator": i.id, "total": Decimal(total), "last_year": Decimal(last)})
    for code, rows in by_lead.items():
        reported(space, next(u for u in space.plan.units if u.code == code), period, {"indicators": rows}, CAME)
    _, book, bulletin = papers(space, period).bulletins[0]
    assert "最好" not in dict(bulletin.sentences)
    worst = dict(bulletin.sentences)["最差"]
    assert "重特大事故已发生99起" in worst
    assert worst.endswith("指标：重特大事故已发生99起、城乡居民收入增速差26个百分点、重污染天气多4天等4项。")
    (accidents,) = [line for line in bulletin.indicators if line.name.startswith("重特大事故")]
    assert (accidents.total, accidents.verdict, accidents.sign, accidents.bad) == ("99", "已发生", "late", True)
    table = [x.values for s in book.sheets if s.form.name == "indicator_verdicts" for x in s.lines if x.kind == "row"]
    seen = {r["indicator"]: (r["total"], r["verdict"], r["growth"]) for r in table}
    assert len(table) == 56
    assert seen["重特大事故"] == (99, "occurred", "+99起")
    assert seen["城乡居民收入增速"] == (-20, "behind", "−26 个百分点")
    assert seen["重污染天气"] == (12, "behind", "+4天")
    assert "99" in text(bulletin, tmp_path / "a.pdf")


@pytest.mark.parametrize("period", ["2024-09", "2024-11"])
def test_without_last_month_or_this_month(consolidated: Consolidation, tmp_path: Path, period: str) -> None:
    """In the first month nothing is compared; before anybody has reported the old obstacles stand."""
    space = consolidated.space
    made = front(Consolidation(space, space.plan.period(period)), space.plan.period(period).end, TITLE, [])
    assert all(b.before is None and b.change is None for b in made.bars)
    assert all(line.moved is None for table in made.ranking for line in table.lines)
    shown = text(made, tmp_path / "a.pdf")
    assert "比上月多" not in shown
    assert ("没有上月的数可比" in shown) == (period == "2024-09")
    if period == "2024-11":
        assert dict(made.sentences)["总体"] == "还没有单位报来，没有可以汇总的数。"
        assert made.obstacles
        assert all(o.unit.endswith("＊") for o in made.obstacles)
        assert "以前报的未销号中梗阻" in made.basis
        assert not made.ranking


def test_one_unit_alone(new_space: Callable[..., Workspace], tmp_path: Path) -> None:
    space = new_space(role="office")
    period, unit = space.plan.period("2024-10"), space.plan.unit("长铺镇")
    lines = [{"task": t.id, "status": "doing", "percent": Decimal(50)} for t, _ in space.plan.tasks_of(unit.code)]
    reported(space, unit, period, {"tasks": lines}, CAME)
    made = front(Consolidation(space, period), TODAY, TITLE, [])
    assert dict(made.sentences)["总体"] == f"任务{len(lines)}项，平均完成50.0%，比序时（83.3%）慢33.3个百分点。"
    assert made.ranking == ()
    assert "同类仅有的1家" in made.ranking_note
    assert dict(made.sentences)["请定"] == "已报的1家没有领导小组层面未销号的中梗阻；未报的64家以前也没有报过。"
    assert "65家已报1家" in text(made, tmp_path / "a.pdf")


## another county's plan


@pytest.fixture
def other(consolidated: Consolidation) -> Callable[..., Bulletin]:
    """The first page with a matrix of so many units, rows and groups."""
    first = front(consolidated, TODAY, TITLE, [])
    sample = first.matrix.groups[0][1][0]

    def make(units: int, rows: int, kinds: int, level: str = "late") -> Bulletin:
        cell = replace(sample.cells[0], level=CellLevel(level), count=8)
        columns = [
            replace(sample, unit=f"某某某某某某某某单位{n:02}"[-12:], cells=(cell,) * rows) for n in range(units)
        ]
        groups = tuple((f"第{k}类", tuple(columns[k::kinds])) for k in range(kinds))
        bars = tuple(replace(first.bars[n % 8], name="一个十二个字那么长的名称") for n in range(rows))
        return replace(first, bars=bars, matrix=replace(first.matrix, groups=groups, rows=tuple(b.name for b in bars)))

    return make


@pytest.mark.parametrize(
    ("units", "rows", "kinds", "pages"), [(3, 3, 1, 2), (65, 8, 3, 2), (64, 12, 2, 3), (120, 8, 4, 3), (300, 12, 5, 5)]
)
def test_the_matrix_has_pages_of_its_own_where_it_does_not_fit(
    other: Callable[..., Bulletin], tmp_path: Path, units: int, rows: int, kinds: int, pages: int
) -> None:
    """One page, one of charts, and those of the matrix; every unit has a column on one of them."""
    made = other(units, rows, kinds)
    assert write_bulletin(tmp_path / "a.pdf", Book("a", "b"), made) == pages
    shown = [page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages]
    assert sum("四、单位×行动" in t for t in shown) == max(1, pages - 2)
    assert sum(bool(re.search("第[0-4]类", t)) for t in shown) == max(1, pages - 2)


def test_a_late_cell_is_dark_on_a_black_and_white_printer(other: Callable[..., Bulletin], tmp_path: Path) -> None:
    """The same page with all cells late and all slow, as 1-bit pictures: where they differ the one is dark, the other
    light, and nothing on the page is grey.
    """
    import pypdfium2
    from PIL import Image, ImageChops

    shots = {}
    for level in ("late", "slow"):
        path = tmp_path / f"{level}.pdf"
        write_bulletin(path, Book("a", "b"), other(65, 8, 2, level), black=True)
        with pypdfium2.PdfDocument(path) as document:
            shots[level] = document[0].render(scale=3).to_pil().convert("L")
    box = ImageChops.difference(shots["late"], shots["slow"]).getbbox()
    cut = {k: im.crop(box).convert("1", dither=Image.Dither.NONE) for k, im in shots.items()}
    dark = {k: im.histogram()[0] / (im.width * im.height) for k, im in cut.items()}
    assert dark["late"] > 0.6
    assert dark["slow"] < 0.45
    content = PdfReader(tmp_path / "late.pdf").pages[0].get_contents()
    assert content is not None
    colours = set(re.findall(rb"([\d.]+ [\d.]+ [\d.]+) (?:rg|RG)", content.get_data()))
    assert colours == {b"0 0 0", b"1 1 1"}
