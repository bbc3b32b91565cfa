"""How things stand, followed edit by edit, is what anybody would read from the store; what was not touched stays itself."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from models.attachments import FOLDER, add
from models.reporting.check import check, give_reason
from models.reporting.live_period import LivePeriod
from models.reporting.sample import fill
from models.store.change import Change, inverse
from models.workspace import Workspace

MONTH, BEFORE = "2024-10", "2024-09"
TEXTS = (None, "示例,甲", "示例乙", "示例丙")


def read(space: Workspace) -> LivePeriod:
    return LivePeriod.read(space, space.units[0].code, space.plan.period(MONTH))


@pytest.fixture
def filled(space: Workspace) -> Workspace:
    fill(space, space.plan.period(BEFORE))
    return space


def same(now: LivePeriod, space: Workspace) -> None:
    fresh = read(space)
    assert now.ctx.rows == fresh.ctx.rows
    assert now.stored == fresh.stored
    assert now.findings == fresh.findings == check(space, now.unit, now.period)
    assert now.open_findings == [f for f in fresh.findings if not f.settled]
    assert now.open == fresh.open


def some_edit(now: LivePeriod, dice: Random) -> list[Change]:
    """One of the edits that a clerk makes."""
    form = now.space.form(dice.choice(["tasks", "projects", "publicity", "indicators"]))
    report, place = now.report(form), dice.choice
    name = next(f.name for f in form.stored if f.editable)
    ids = [r["id"] for r in report.rows]
    kind = dice.randrange(8)
    if kind == 0 and form.own:
        return [c for n in range(3) for c in report.add({name: TEXTS[n]})]
    if kind == 1 and form.own and ids:
        return report.add({name: place(TEXTS)}, after=place(ids))
    if kind == 2 and form.own and ids and not form.seed:
        return report.remove([place(ids)])
    if kind == 3 and ids:
        return report.move(place(ids), place([-1, 1]))
    if kind == 4:
        return report.copy_last()
    if kind == 5 and now.findings:
        return give_reason(now.space, place(now.findings), place(["", "示例的理由写在这里"]))
    if kind == 6:
        return now.space.state(now.unit, now.period.id, form.name, place(["", "zero", "unchanged"]))
    return [c for id in ids[:2] for c in report.set(id, {name: place(TEXTS) if name != "percent" else None})]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_followed_is_what_can_be_read(filled: Workspace, seed: int) -> None:
    dice, now, done = Random(seed), read(filled), list[list[Change]]()
    for _ in range(40):
        changes = inverse(done.pop()) if done and dice.random() < 0.3 else some_edit(now, dice)
        if not changes:
            continue
        filled.apply(changes, "示例")
        done.append(list(changes))
        after = now.after(changes)
        assert after is not None
        now = after
        same(now, filled)


def test_lines_that_an_edit_does_not_touch_are_the_same_objects(filled: Workspace) -> None:
    now = read(filled)
    form = filled.form("tasks")
    first, second = now.ctx.rows["tasks"][:2]
    changes = now.report(form).set(first["id"], {"chief": "示例"})
    filled.apply(changes, "示例")
    after = now.after(changes)
    assert after is not None
    assert after.ctx.rows["tasks"][0]["chief"] == "示例"
    assert after.ctx.rows["tasks"][1] is second
    assert after.findings_of("tasks")[second["id"]] is now.findings_of("tasks")[second["id"]]
    assert now.ctx.rows["tasks"][0] is first  # what stood before can still be asked


def test_changes_of_another_place_are_not_guessed_at(filled: Workspace) -> None:
    now = read(filled)
    other = filled.store.rows("tasks", now.unit, BEFORE)[0]
    assert now.after([Change("tasks", other["id"], {"chief": other["chief"]}, {"chief": "示例"})]) is None
    assert now.after([Change("tasks", "x", None, {**other, "id": "x"})]) is None


def test_a_missing_file_is_reported_beside_what_else_is_wrong_in_its_line(filled: Workspace, tmp_path: Path) -> None:
    now, paper = read(filled), tmp_path / "示例.pdf"
    paper.write_bytes(b"%PDF-1.4")
    id, name = now.ctx.rows["tasks"][0]["id"], next(f.name for f in filled.form("tasks").fields if f.label == "佐证")
    file = add(filled.folder, paper, (), {})
    changes = now.report(filled.form("tasks")).set(id, {name: (file,)})
    filled.apply(changes, "示例")
    (filled.folder / FOLDER / file.sha256).unlink()
    after = now.after(changes)
    assert after is not None
    assert [f.problem.code for f in after.findings_of("tasks")[id]][-1] == "file_gone"
    assert [f.problem.code for f in after.open["tasks", id][1]][-1] == "file_gone"
    assert after.open_findings[-1].problem.code == "file_gone"
    same(after, filled)


def test_a_figure_out_of_proportion_is_followed_while_the_lines_beside_it_change(space: Workspace) -> None:
    def typed(now: LivePeriod, changes: list[Change]) -> LivePeriod:
        space.apply(changes, "示例")
        after = now.after(changes)
        assert after is not None
        same(after, space)
        return after

    def odd(now: LivePeriod) -> list[str]:
        return [f.problem.record for f in now.findings if f.problem.code == "odd_lines"]

    now, form = read(space), space.form("projects")
    for total in (300, 20, 50, 400_000):
        now = typed(now, now.report(form).add({"total": Decimal(total)}))
    ids = [r["id"] for r in now.ctx.rows["projects"]]
    assert odd(now) == ids[3:]
    for id in ids[:2]:
        now = typed(now, now.report(form).set(id, {"total": Decimal(60_000)}))
    assert odd(now) == []
    assert odd(typed(now, now.report(form).set(ids[1], {"total": Decimal(1)}))) == [ids[0], ids[3]]
