"""汇总: equal to what an independent query says of the store, and written for people."""

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from exports.county_papers import papers, write_papers, write_summary
from exports.incoming.load import load
from forms.county_papers import COUNTED
from forms.tasks import TASKS
from forms.verdict import VERDICT_WORDS
from models.county.consolidation import Consolidation
from models.county.scoring import Scoring
from models.county.standings import standings
from models.county.unit_states import states
from models.errors import UserError
from models.workspace import Workspace
from tests.exports.excel.test_layout import converted
from tests.models.county_months import reported


def test_investment_equals_the_sum_of_the_lines(consolidated: Consolidation) -> None:
    """Per action, against SQL over the scaled integers of the table."""
    sql = "SELECT action, count(*), sum([plan]), sum(year_done) FROM projects WHERE period='2024-10' GROUP BY action"
    told = {r["action"]: (r["projects"], r["plan"] * 100, r["year_done"] * 100) for r in consolidated.progress()}
    asked = {a: (n, p or 0, y or 0) for a, n, p, y in consolidated.space.store.db.conn.execute(sql)}
    assert {a: v for a, v in told.items() if v[0]} == asked
    assert asked


def test_task_lines_equal_the_lines_of_the_store(consolidated: Consolidation) -> None:
    """By status of the plan's own dictionary: 终止 is not 未启动."""
    sql = "SELECT status, count(*) FROM tasks WHERE period='2024-10' GROUP BY status"
    counted = dict(consolidated.space.store.db.conn.execute(sql))
    rows, ids = consolidated.progress(), [o.id for o in consolidated.space.plan.options("status")]
    waiting = counted.pop("done", 0)  # nothing is confirmed yet
    assert {i: sum(r[f"{COUNTED}{i}"] for r in rows) for i in ids} == {i: counted.get(i, 0) for i in ids}
    assert counted["ended"]
    assert sum(r["unproven"] for r in rows) == waiting > 0
    assert sum(r["lines"] for r in rows) == sum(counted.values()) + waiting


# Of units that have not reported October the obstacles of September are still open.
OBSTACLES_KNOWN = """SELECT unit, status FROM obstacles WHERE period='2024-10' UNION ALL
    SELECT unit, status FROM obstacles WHERE period='2024-09' AND unit NOT IN
    (SELECT unit FROM packages WHERE kind='submission' AND way='in' AND period='2024-10')"""


def test_open_obstacles_and_states(consolidated: Consolidation) -> None:
    sql = OBSTACLES_KNOWN
    done = {o.id for o in consolidated.space.plan.options("obstacle_state") if o.mark == "done"}
    asked = sorted(u for u, s in consolidated.space.store.db.conn.execute(sql) if s not in done)
    assert sorted(r["unit"] for r in consolidated.open_obstacles()) == asked
    rows = standings(consolidated)
    assert len(rows) == len(consolidated.space.units)
    assert sum(r["obstacles"] for r in rows) == len(asked)
    assert {r["state"] for r in rows} >= {"missing", "submitted"}


def test_a_team_sees_its_own_action_only(new_space: Callable[..., Workspace]) -> None:
    team = new_space(role="team", action="CY")
    consolidated = Consolidation(team, team.period)
    assert [a.id for a in consolidated.actions] == ["CY"]
    assert [r["action"] for r in consolidated.progress()] == ["CY"]


@pytest.fixture(scope="module")
def written(consolidated: Consolidation, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_summary(consolidated.space, consolidated.period, tmp_path_factory.mktemp("summary"))


def test_a_workbook_and_a_bulletin_over_all_and_for_each_action(
    consolidated: Consolidation, written: list[Path]
) -> None:
    actions = consolidated.space.plan.actions
    assert [p.name for p in written] == [
        "2024-10_汇总表.xlsx", "2024-10_调度通报.pdf", *(f"2024-10_调度通报_{a.numeral}{a.name}.pdf" for a in actions)
    ]  # fmt: skip
    names = load_workbook(written[0]).sheetnames
    assert [n for n in names if not n.startswith("_")] == [
        "分行动进度", "报送情况", *(f.title for f in consolidated.space.forms), "指标判定", "指标完成走势", "未销号中梗阻台账", "考核得分"
    ]  # fmt: skip


def test_every_indicator_is_in_the_workbook_with_its_verdict(consolidated: Consolidation, written: list[Path]) -> None:
    page = load_workbook(written[0], data_only=True)["指标判定"]
    found = {k: v for k, v in table(page).items() if k.startswith("ZB-")}
    assert list(found) == [i.id for a in consolidated.space.plan.actions for i in consolidated.space.plan.indicators if i.action == a.id]  # fmt: skip
    assert {v["verdict"] for v in found.values()} <= set(VERDICT_WORDS.values())
    names = next(r for r in page.iter_rows(values_only=True) if r[1] == "#")
    assert names[-1] == "official"


def words(path: Path, pages: slice = slice(None)) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages[pages])


def _percents(consolidated: Consolidation) -> list[Decimal]:
    """The completion of every task line of the month, by SQL that knows nothing of the program."""
    ask = consolidated.space.store.db.conn.execute
    return [Decimal(v) / 10 for (v,) in ask("SELECT percent FROM tasks WHERE period='2024-10' AND percent IS NOT NULL")]


def test_the_first_page_says_what_matters(consolidated: Consolidation, written: list[Path]) -> None:
    first = re.sub(r"\s", "", words(written[1], slice(1)))
    absent = [s.unit.short for s in consolidated.states if s.state == "missing"]
    assert absent
    for said in (
        f"65家已报{65 - len(absent)}家",
        "比序时（83.3%）",
        "示例数据",
        "三、排名",
        "五、请决定的中梗阻",
        *absent,
    ):
        assert said in first
    for row in consolidated.progress():
        assert f"{row['percent']}" in first
    assert "指标与目标" in words(written[1], slice(1, 2))
    assert "指标判定" in words(written[1], slice(2, 3))
    told = re.sub(r"\s", "", words(written[1]))
    assert f"未报{len(absent)}个：{'、'.join(absent)}。" in told
    assert "请尽快报来" not in told  # a published table asks nobody for anything
    percents = _percents(consolidated)
    percent = (sum(percents, Decimal()) / len(percents)).quantize(Decimal("0.1"))
    assert f"合计：全部任务平均完成{percent}%，序时83.3%，与序时差{percent - Decimal('83.3')}个百分点。" in told


def test_overview_and_bulletin_count_what_the_ledger_holds(consolidated: Consolidation, written: list[Path]) -> None:
    """Who has reported and the sums of money, by SQL that knows nothing of the program."""
    ask = consolidated.space.store.db.conn.execute
    came = "SELECT count(DISTINCT unit) FROM packages WHERE kind='submission' AND way='in' AND period='2024-10'"
    reported_units = ask(came).fetchone()[0]
    assert sum(s.state != "missing" for s in states(consolidated.space, consolidated.period)) == reported_units
    assert f"未报{65 - reported_units}家" in words(written[1], slice(1))
    done = {o.id for o in consolidated.space.plan.options("obstacle_state") if o.mark == "done"}
    sql = "SELECT unit, status FROM obstacles WHERE period=?"
    known = {u for u, _ in ask(sql, ("2024-10",))} | set(consolidated.contexts)
    stuck = [u for u, s in ask(sql, ("2024-10",)) if s not in done]
    stuck += [u for u, s in ask(sql, ("2024-09",)) if s not in done and u not in known]  # of the units that are missing
    assert f"未销号共{len(stuck)}件" in words(written[1], slice(1))
    plan, year = ask("SELECT sum([plan]), sum(year_done) FROM projects WHERE period='2024-10'").fetchone()
    told = words(written[1])
    assert f"{plan / 100:,.2f}" in told
    assert f"{year / 100:,.2f}" in told


def test_a_unit_in_conflict_is_named_wherever_its_figures_are_missed(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    period, unit, other = space.plan.period("2024-10"), space.plan.unit("县残联"), space.plan.unit("县妇联")
    reported(space, other, period, {"publicity": []}, "2024-10-20T09:00:00+08:00")
    reported(space, unit, period, {"publicity": []}, "2024-10-20T09:00:00+08:00")
    reported(space, unit, period, {}, "2024-10-21T09:00:00+08:00", revision=2)  # knows nothing of the first
    told = "县残联（没有计入）两版相撞，还没有选定"
    made = papers(space, period)
    assert made.warning == told
    assert f"{told}。" in made.bulletins[0][2].basis
    noted = {s.form.title for s in made.workbook.sheets if f"{told}。" in s.notes}
    assert noted >= {"分行动进度", "报送情况", *(f.title for f in space.forms)}
    columns = {c.unit: bool(c.cells) for _, units in made.bulletins[0][2].matrix.groups for c in units}
    assert (columns["县残联"], columns["县妇联"], columns["县水利局"]) == (False, True, False)
    rows = {r["unit"]: r["note"] for r in standings(Consolidation(space, period))}
    assert rows[unit.code] == "两版相撞，没有计入"


def test_what_could_not_be_written_is_named(new_space: Callable[..., Workspace], tmp_path: Path) -> None:
    space = new_space(role="office")
    made = papers(space, space.plan.period("2024-10"))
    names = [f"{name}.pdf" for name, _, _ in made.bulletins]
    out = tmp_path / "out"
    (out / names[1]).mkdir(parents=True)
    with pytest.raises(UserError, match=f"写好了2份，还有8份没有写成：{'、'.join(names[1:])}；文件没有写成"):
        write_papers(made, out)
    assert sorted(p.name for p in out.iterdir()) == sorted(["2024-10_汇总表.xlsx", *names[:2]])


def test_a_summary_that_is_loaded_is_recognised_as_one(consolidated: Consolidation, written: list[Path]) -> None:
    (found,) = load(consolidated.space.folder, consolidated.space, [written[0]], dry_run=True)[1]
    assert found.message == "这是汇总表，不是哪个单位报的，没有装入；请装入单位填好的工作簿"


def test_the_bulletin_of_an_action_has_its_units_and_tasks_only(
    consolidated: Consolidation, written: list[Path]
) -> None:
    one = Consolidation(consolidated.space, consolidated.period, action="CY")
    first = words(written[2], slice(1))
    assert f"{len(one.units)}家已报" in first
    assert "产业培塑行动2024年10月调度通报" in first
    others = [u.short for u in consolidated.units if u not in one.units]
    assert not any(name in first for name in others)
    assert f"合　　计（{len(one.of(TASKS))}项）" in words(written[2]).replace("\n", "")


def recalculated(path: Path) -> Workbook:
    """The workbook as LibreOffice works it out by itself: every stored result is taken out before."""
    bare = path.parent / "bare" / path.name
    bare.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", data)
            target.writestr(name, data)
    return load_workbook(converted(bare, "xlsx"), data_only=True)


def table(page: Worksheet) -> dict[str, dict[str, Any]]:
    """Cells by record id (or title of a group or total row) and field name."""
    names = next(r for r in page.iter_rows(values_only=True) if r[1] == "#")
    found: dict[str, dict[str, Any]] = {}
    for cells in page.iter_rows(values_only=True):
        line = dict(zip(names, cells, strict=True))
        found[str(cells[0] or line["#"])] = line
    return found


def test_another_program_works_out_the_same_from_the_formulas(consolidated: Consolidation, written: list[Path]) -> None:
    """LibreOffice's own results against SQL over the store."""
    book, ask = recalculated(written[0]), consolidated.space.store.db.conn.execute
    statuses = [o.id for o in consolidated.space.plan.options("status")]
    actions = {t.id: t.action for t in consolidated.space.plan.tasks}
    counted = Counter((actions[t], s) for t, s in ask("SELECT task, status FROM tasks WHERE period='2024-10'") if s)
    money = "SELECT action, count(*), sum([plan]), sum(year_done) FROM projects WHERE period='2024-10' GROUP BY action"
    sums = {a: (n, p / 100, y / 100) for a, n, p, y in ask(money)}
    seen = table(book["分行动进度"])
    for action in consolidated.space.plan.actions:
        line = seen[action.id]
        waiting = counted.pop((action.id, "done"), 0)  # nothing is confirmed yet
        assert line["unproven"] == waiting
        assert {s: line[f"{COUNTED}{s}"] for s in statuses} == {s: counted[action.id, s] for s in statuses}
        got = (line["projects"], line["plan"], line["year_done"])
        assert got == pytest.approx(sums.get(action.id, (0, 0, 0)))
    total = seen["合　　计（8项）"]
    plan, done = (sum(v[n] for v in sums.values()) for n in (1, 2))
    assert (total["plan"], total["year_done"]) == pytest.approx((plan, done))
    assert total["share"] == pytest.approx(round(done * 100 / plan, 1))
    whole_sum = ask("SELECT sum(total) FROM projects WHERE period='2024-10'").fetchone()[0] / 100
    projects = table(book["项目清单"])
    assert next(v for k, v in projects.items() if k.startswith("合　　计"))["total"] == pytest.approx(whole_sum)


def test_scores_add_up_in_the_workbook(consolidated: Consolidation, written: list[Path]) -> None:
    seen = table(recalculated(written[0])["考核得分"])
    for result in Scoring(consolidated, date.today()).results:
        total = None if result.unranked else pytest.approx(float(result.total))
        assert seen[result.unit.code]["total"] == total
        assert seen[result.unit.code]["rank"] == (result.rank or None)


def test_nobody_fills_in_the_county_s_papers_and_groups_are_not_repeated(written: list[Path]) -> None:
    book = load_workbook(written[0])
    for name in ("分行动进度", "报送情况", "考核得分"):
        cells = [c for r in book[name].iter_rows() for c in r]
        assert not any("备用行" in str(c.value) for c in cells)
        assert all(c.protection.locked for c in cells)
    assert "unit_kind" not in next(r for r in book["报送情况"].iter_rows(values_only=True) if r[1] == "#")


def test_charts_are_native_and_point_at_the_table(consolidated: Consolidation, written: list[Path]) -> None:
    with zipfile.ZipFile(written[0]) as book:
        charts = [book.read(n).decode() for n in book.namelist() if n.startswith("xl/charts/chart")]
    page = load_workbook(written[0], data_only=True)["分行动进度"]
    bars = next(c for c in charts if "barChart" in c)
    assert len(charts) == 2
    ranges = re.findall(r"<f>'分行动进度'!([^<]+)</f>", bars)
    drawn = [[c[0].value for c in page[r.replace("$", "")]] for r in ranges]
    rows = consolidated.progress()
    names = [a.name for a in consolidated.space.plan.actions]
    this, last, expected = ([float(r[n]) for r in rows] for n in ("percent", "before", "expected"))
    assert page.print_title_rows is None, "nor are headings repeated over a chart"
    assert (list(page.row_breaks.brk), page.page_setup.paperSize) == ([], 8), "the chart stands below its table"
    assert drawn.count(names) == 3
    assert [d for d in drawn if d != names] == [this, last, expected]


@pytest.mark.parametrize("units", [(), ("长铺镇",)])
def test_with_none_or_few_reported(new_space: Callable[..., Workspace], tmp_path: Path, units: tuple[str, ...]) -> None:
    office = new_space(role="office")
    period = office.plan.period("2024-10")
    for name in units:
        reported(office, office.plan.unit(name), period, {"publicity": []}, "2024-10-20T09:00:00+08:00")
    paths = write_summary(office, period, tmp_path)
    assert len(paths) == 10
    first = words(paths[1], slice(1))
    assert f"65家已报{len(units)}家" in first
    assert ("还没有收到任务进度" if units else "还没有单位报来") in first
    assert load_workbook(paths[0]).sheetnames[0] == "分行动进度"


def test_a_team_writes_its_own_bulletin_only(new_space: Callable[..., Workspace], tmp_path: Path) -> None:
    team = new_space(role="team", action="CY")
    paths = write_summary(team, team.plan.period("2024-10"), tmp_path)
    assert [p.name for p in paths] == ["2024-10_汇总表.xlsx", "2024-10_调度通报_一产业培塑行动.pdf"]


def test_over_chosen_units_every_paper_says_so(consolidated: Consolidation, tmp_path: Path) -> None:
    towns = frozenset(u.code for u in consolidated.units if u.kind == "township")
    paths = write_papers(papers(consolidated.space, consolidated.period, towns), tmp_path)
    assert [p.name for p in paths] == ["2024-10_汇总表_选17个单位.xlsx", "2024-10_调度通报_选17个单位.pdf"]
    assert "只汇总选定的17个单位" in words(paths[1], slice(1))
    page = load_workbook(paths[0], data_only=True)["分行动进度"]
    assert any("选择汇总：17个单位" in str(c.value) for r in page.iter_rows() for c in r)
    asked = "SELECT count(*) FROM projects WHERE period='2024-10' AND unit < '430527500'"  # townships have low codes
    total = next(v for k, v in table(page).items() if k.startswith("合　　计"))
    assert total["projects"] == consolidated.space.store.db.conn.execute(asked).fetchone()[0]


def test_the_county_s_task_list_says_who_leads(consolidated: Consolidation) -> None:
    """Every line of the workbook's 任务清单, by its unit's part in the plan."""
    book = papers(consolidated.space, consolidated.period).workbook
    sheet = next(s for s in book.sheets if s.form.name == TASKS.name)
    rows = [line.values for line in sheet.lines if line.kind == "row"]
    parts = {
        (a.task, a.unit): consolidated.space.plan.find("role", a.role).name for a in consolidated.space.plan.assignments
    }
    assert len(rows) > 900
    assert [r["role"].partition("\n")[0] for r in rows] == [parts[r["task"], r["unit"]] for r in rows]
