"""Closed periods stay as they were: whatever becomes of the plan later, and whenever they are read again."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.county_papers import papers
from exports.sheets.sheet import Book
from models.county.consolidation import Consolidation
from models.county.obstacles import ObstacleList
from models.county.overview import months, seats
from models.county.scoring import Scoring
from models.county.standings import standings
from models.county.unit_states import reminder, states
from models.plan_editing.publish import put_in_force
from models.store.clock import today_here
from models.workspace import Workspace
from tests.effort import cases
from tests.models.county_months import reported
from tests.plan_changes import TASKS, UNITS, edited, office_over, small_plan

Texts = Mapping[str, str]
KEGONG, FAGAI, TONGJI, WUYANG, LIXI, WAWU = UNITS
GONGXIN, KEJI, ZONGHE = "430527591", "430527592", "430527593"
CLOSED = ("2024-04", "2024-05", "2024-Q1")


def department(name: str, **more: str) -> dict[str, str]:
    """The row of a new department."""
    full = f"绥宁县{name.removeprefix('县')}"
    return {"全称": full, "简称": name, "类别": "县直部门", "落款": full, "排序": "190", "确认": "已确认", **more}


def line(task: str, percent: str, text: str = "本期开了两次调度会，推进到位") -> dict[str, Any]:
    """A line of the 任务清单."""
    return {
        "task": task,
        "status": "doing",
        "percent": Decimal(percent),
        "progress": text,
        "chief": "示例",
        "person": "示例",
    }


def fill(space: Workspace) -> None:
    """April and May as the units reported them: one late, one not at all, each with an obstacle."""
    for n, (code, tasks) in enumerate(((KEGONG, ("CY-001", "CY-004")), (FAGAI, ("CY-002",)), (TONGJI, ("CY-003",)))):
        for month in (4, 5):
            rows = {"tasks": [line(t, str(20 * month - 9 * n)) for t in tasks]}
            if code == KEGONG:
                rows["indicators"] = [{"indicator": "ZB-CY-01", "total": Decimal(10 * month), "last_year": Decimal(9)}]
                rows["obstacles"] = [{"text": "用地手续没有办下来", "due": date(2024, 5, 20), "status": "open"}]
            period = space.plan.period(f"2024-{month:02}")
            reported(space, space.plan.unit(code), period, rows, f"2024-{month:02}-{24 + n:02}T10:00:00+08:00")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's folder in June, with April and May."""
    folder = tmp_path_factory.mktemp("office") / "June"
    space = office_over(Workspace.create(folder, "office"), small_plan())
    fill(space)
    space.set({"current": "2024-06"})
    space.close()
    return folder


@pytest.fixture
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGDAN_CLOCK", "2024-06-10T09:00:00+08:00")


@pytest.fixture
def office(origin: Path, tmp_path: Path, june: None) -> Iterator[Workspace]:
    shutil.copytree(origin, tmp_path / "office")
    space = Workspace.open(tmp_path / "office")
    yield space
    space.close()


def undated(book: Book) -> Book:
    """The book without the time of printing."""
    return replace(book, sheets=tuple(replace(s, stamp=replace(s.stamp, printed="")) for s in book.sheets))


def as_seen(space: Workspace, id: str) -> dict[str, object]:
    """Everything that is made of a period."""
    period = space.plan.period(id)
    whole, made = Consolidation(space, period), papers(space, period)
    unit = whole.units[0]
    return {
        "status": [s.document | {"late": s.late} for s in states(space, period)],
        "reminder": reminder(space, period, states(space, period), today=date(2024, 6, 10)),
        "overview": [(s.unit, s.mark, s.before, s.second) for s in seats(space, period)],
        "months": [(p.id, state) for p, state in months(space, unit, period)],
        "standings": standings(whole),
        "progress": whole.progress(),
        "lines": [(e.form.name, e.unit, dict(e.row)) for e in whole.entries],
        "lamps": whole.lamps(),
        "obstacles": [(h.key, h.days, h.state) for h in ObstacleList(whole, today_here()).all],
        "scores": Scoring(whole, date(2024, 6, 10)).rows(),
        "workbook": repr(undated(made.workbook)),
        "bulletins": [
            (name, repr(undated(book)), repr(replace(front, printed=""))) for name, book, front in made.bulletins
        ],
    }


def seen(space: Workspace) -> dict[str, dict[str, object]]:
    return {id: as_seen(space, id) for id in CLOSED}


## the reform in the middle of the year: one unit split, two merged, their tasks moved


def reform(texts: Texts) -> Texts:
    """From June on 县科工局 is 县工信局 and 县科技局, 县发改局 and 县统计局 are 县综合局, and the tasks go with them."""
    units = {
        KEGONG: {"止": "2024-05"}, FAGAI: {"止": "2024-05"}, TONGJI: {"止": "2024-05"},
        GONGXIN: department("县工信局", 起="2024-06", 前身=KEGONG), KEJI: department("县科技局", 起="2024-06", 前身=KEGONG),
        ZONGHE: department("县综合局", 起="2024-06", 前身=f"{FAGAI}、{TONGJI}"),
    }  # fmt: skip
    texts = edited(texts, "units", "代码", units)
    leads = {"CY-001": GONGXIN, "CY-004": KEJI, "CY-002": ZONGHE, "CY-003": ZONGHE}
    parts = [f"{task},{UNITS[3 + n % 3]},配合,已确认,," for n, task in enumerate(TASKS)]
    parts += [f"{task},{unit},牵头,已确认,,2024-06" for task, unit in leads.items()]
    parts += [f"{task},{UNITS[n % 3]},牵头,已确认,," for n, task in enumerate(TASKS)]  # who had them; ended
    texts = {**texts, "assignments": "\n".join(["任务,单位,分工,确认,依据,起", *parts, ""])}
    texts = edited(texts, "actions", "编号", {"CY": {"牵头单位": GONGXIN}})
    return edited(texts, "indicators", "编号", {"ZB-CY-01": {"牵头单位": GONGXIN}, "ZB-CY-02": {"牵头单位": GONGXIN}})


def test_a_reform_in_june_leaves_april_and_may_as_they_were_also_a_year_later(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seen(office)
    put_in_force(office, reform(office.plan.texts))
    assert seen(office) == before
    monkeypatch.setenv("QINGDAN_CLOCK", "2025-06-10T09:00:00+08:00")
    assert seen(office) == before
    assert [s.unit.short for s in states(office, office.plan.period("2024-05"))][-2:] == ["县科工局", "县统计局"]
    assert {"县工信局", "县科技局", "县综合局"} < {s.unit.short for s in states(office, office.plan.period("2024-06"))}


def test_a_task_s_new_unit_is_compared_with_what_the_old_one_wrote(office: Workspace) -> None:
    put_in_force(office, reform(office.plan.texts))
    june = office.plan.period("2024-06")
    ctx = office.context(KEJI, june)
    assert [(line, row["percent"]) for (form, line), row in ctx.previous.items() if form == "tasks"] == [
        ("line-2", 100)
    ]
    reported(office, office.plan.unit(KEJI), june, {"tasks": [line("CY-004", "95")]}, "2024-06-24T10:00:00+08:00")
    whole = Consolidation(office, june)
    assert whole.before is not None
    assert KEGONG in {e.unit.code for e in whole.before.entries}
    assert office.store.rows("tasks", KEGONG, "2024-05") != []


## any later change


def renamed(texts: Texts) -> Texts:
    return edited(texts, "units", "代码", {KEGONG: {"全称": "绥宁县数据局", "简称": "县数据局"}})


def merged_at_once(texts: Texts) -> Texts:
    """Two units are gone and a new one has their tasks, without 起 and 止."""
    texts = edited(texts, "units", "代码", {ZONGHE: department("县综合局", 前身=f"{FAGAI}、{TONGJI}")}, (FAGAI, TONGJI))
    texts = {**texts, "assignments": texts["assignments"].replace(FAGAI, ZONGHE).replace(TONGJI, ZONGHE)}
    return edited(texts, "tasks", "编号", {"CY-002": {"重点任务": "合并以后的任务"}})


def moved(texts: Texts) -> Texts:
    """A task changes places with its supporting unit."""
    first, second = f"CY-001,{KEGONG}", f"CY-001,{WUYANG}"
    swapped = texts["assignments"].replace(first, "?").replace(second, first).replace("?", second)
    return {**texts, "assignments": swapped}


def without_a_task(texts: Texts) -> Texts:
    gone = [r for r in texts["assignments"].splitlines(True) if not r.startswith("CY-003,")]
    return edited({**texts, "assignments": "".join(gone)}, "tasks", "编号", {}, ("CY-003",))


def without_an_indicator(texts: Texts) -> Texts:
    return edited(texts, "indicators", "编号", {}, ("ZB-CY-01",))


def other_target(texts: Texts) -> Texts:
    if "ZB-CY-01" not in texts["indicators"]:  # an earlier step took it away
        return texts
    return edited(texts, "indicators", "编号", {"ZB-CY-01": {"目标值": "35", "目标表述": "达到35亿元"}})


def other_due_days(texts: Texts) -> Texts:
    tasks = {"CY-001": {"完成时限": "2024-04-30"}, "CY-002": {"完成时限": "持续推进"}, "CY-004": {"开始": "2024-04-01"}}
    texts = edited(texts, "tasks", "编号", tasks)
    texts = {**texts, "milestones": "任务,名称,日期,应完成,确认\nCY-002,开工,2024-03-31,90,已确认\n"}
    return edited(texts, "periods", "编号", {"2024-05": {"截止": "2024-05-20"}})


def other_scoring(texts: Texts) -> Texts:
    return {
        **texts,
        "scoring": texts["scoring"].replace("迟报=", "迟报=9"),
        "choices": texts["choices"].replace("正常推进", "推进中"),
    }


LATER = (
    renamed,
    merged_at_once,
    moved,
    without_a_task,
    without_an_indicator,
    other_target,
    other_due_days,
    other_scoring,
)
PLACES = count()


@pytest.mark.usefixtures("june")
@given(steps=st.lists(st.sampled_from(LATER), min_size=1, max_size=3, unique=True))
@settings(max_examples=cases(5, 100), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_later_plan_changes_a_closed_period(
    origin: Path, tmp_path: Path, steps: list[Callable[[Texts], Texts]]
) -> None:
    space = Workspace.open(Path(shutil.copytree(origin, tmp_path / str(next(PLACES)))))
    before = seen(space)
    for texts in (step(space.plan.texts) for step in steps):
        if texts != space.plan.texts:
            put_in_force(space, texts, sure=True)
    assert seen(space) == before
    space.close()


@pytest.mark.parametrize("step", [*LATER, reform], ids=lambda step: step.__name__)
def test_each_change_leaves_earlier_periods_and_changes_the_plan(
    office: Workspace, step: Callable[[Texts], Texts]
) -> None:
    before, digest = seen(office), office.plan.digest
    put_in_force(office, step(office.plan.texts), sure=True)
    assert office.plan.digest != digest
    assert seen(office) == before


def test_a_correction_changes_the_papers_of_its_period_alone_and_says_so(office: Workspace) -> None:
    before = seen(office)
    texts = edited(other_target(office.plan.texts), "plan", "项目", {"勘误": {"内容": "2024-05"}})
    put_in_force(office, texts, correct=True)
    now = seen(office)
    assert now["2024-04"] == before["2024-04"]
    assert "勘误：本期按方案2024.2版更正后的内容列出。" in str(now["2024-05"]["workbook"])
    assert "勘误：" in str(now["2024-05"]["bulletins"])
    assert "勘误：" not in str(before["2024-05"])
