"""标签: tasks and indicators with a label of the plan have a sub-total of their own for each unit."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal as D

import pytest

from exports.county_papers import papers
from models.county.consolidation import Consolidation
from models.county.score_tags import TagScore, tag_scores, used_tags
from models.errors import UserError
from models.plan.reader import read_built_in, read_texts
from models.workspace import Workspace
from tests.models.county_months import reported

OCTOBER, UNIT = "2024-10", "县残联"  # it leads the first and the third of its tasks, supports the second


def tagged(texts: dict[str, str], table: str, tags: dict[str, str]) -> dict[str, str]:
    """The plan's texts with a column 标签 in a table: words by id."""
    rows = list(csv.reader(io.StringIO(texts[table])))
    out = io.StringIO()
    head = rows[0].index("编号") if "编号" in rows[0] else 0
    csv.writer(out).writerows([[*rows[0], "标签"], *([*r, tags.get(r[head], "")] for r in rows[1:])])
    return {**texts, table: out.getvalue()}


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """The first two tasks of the unit are 三重点, the second and the third are 高质量发展."""
    space = new_space(role="office")
    ids = [t.id for t, _ in space.plan.tasks_of(space.plan.unit(UNIT).code)]
    words = {ids[0]: "三重点", ids[1]: "三重点、高质量发展", ids[2]: "高质量发展"}
    space.take_plan(read_texts(tagged(dict(space.plan.texts), "tasks", words)))
    rows = [
        {"task": id, "percent": D(p), "status": "doing", "due": date(2024, 12, 31)}
        for id, p in zip(ids, (50, 20, 95), strict=False)
    ]
    period = space.plan.period(OCTOBER)
    reported(space, space.plan.unit(UNIT), period, {"tasks": rows}, "2024-10-20T09:00:00+08:00")
    return space


def scores(space: Workspace) -> dict[str, TagScore]:
    whole = Consolidation(space, space.plan.period(OCTOBER))
    return {t.tag.name: t for t in tag_scores(whole, space.plan.unit(UNIT))}


def test_each_label_has_the_mean_of_its_lines(office: Workspace) -> None:
    found = scores(office)
    assert (found["三重点"].tasks, found["三重点"].done) == (2, D(40)), "(2×50+20)/3"
    assert found["三重点"].points == (D(40) / D("83.3") * 100).quantize(D("0.01"))
    assert found["高质量发展"].done == D(70), "(20+2×95)/3"
    assert found["三重点"].sentence == "三重点：48.02分（满100）；任务2项平均完成40.0%，应到83.3%"


def test_the_workbook_has_a_column_for_each(office: Workspace) -> None:
    sheet = papers(office, office.plan.period(OCTOBER)).workbook.sheets[-1]
    assert [f.label for f in sheet.columns if f.name.startswith("tag_")] == ["三重点", "高质量发展"]
    code = office.plan.unit(UNIT).code
    line = next(x for x in sheet.lines if x.id == code)
    assert line.values["tag_key"] == scores(office)["三重点"].points


def test_indicators_count_by_their_verdict(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    ban = next(i for i in space.plan.indicators if i.comparison == "杜绝")
    space.take_plan(read_texts(tagged(dict(space.plan.texts), "indicators", {ban.id: "三重点"})))
    unit, period = space.plan.unit(ban.lead), space.plan.period(OCTOBER)
    rows = {"indicators": [{"indicator": ban.id, "total": D(99)}]}
    reported(space, unit, period, rows, "2024-10-20T09:00:00+08:00")
    found = tag_scores(Consolidation(space, period), unit)
    assert [(t.indicators, t.reached, t.points) for t in found] == [(1, 0, D(0))]


def test_the_built_in_plan_names_the_labels_and_gives_none() -> None:
    plan = read_built_in()
    assert [o.name for o in plan.tags] == ["三重点", "高质量发展"]
    assert all("待确认" in o.note for o in plan.tags)
    assert used_tags(plan) == []


def test_a_label_that_the_plan_does_not_have_is_refused() -> None:
    texts = dict(read_built_in().texts)
    first = read_built_in().tasks[0].id
    with pytest.raises(UserError, match=r"tasks\.csv:重点任务:2:标签: “四重点”"):
        read_texts(tagged(texts, "tasks", {first: "四重点"}))
