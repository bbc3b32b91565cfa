"""收件 at the county: conflicts settled cell by cell, the office's own corrections, a load taken back, and its book."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from exports.county_papers import papers
from exports.incoming.conflicts import conflict, decide_cells, undo_load
from models.county.consolidation import Consolidation
from models.county.corrections import CLASHES, correct, corrections, keep, lift
from models.county.unit_states import state
from models.errors import UserError
from models.ledger.intake_log import IntakeLog
from models.workspace import Workspace
from tests.travel import PERIOD, Desk

A, B = "瓦屋塘镇", "长铺镇"
CODE = "430527106"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[dict[str, Desk]]:
    """The county, and two PCs of one unit that were both filled alike and sent a first report."""
    made = {"county": Desk.county(tmp_path / "county")}
    hand_out = made["county"].hand_out(A)
    for name in ("one", "two"):
        made[name] = Desk(tmp_path / name)
        made[name].load(hand_out)
        made[name].fill()
    yield made
    for desk in made.values():
        desk.close()


def without_common_ancestor(desks: dict[str, Desk], folder: Path) -> list[Path]:
    """A folder is copied to a second PC after the first report; then both go on without each other."""
    desks["county"].load(desks["one"].submit())
    shutil.copytree(desks["one"].folder, folder / "three")
    desks["three"] = Desk(folder / "three", Workspace.open(folder / "three"))
    for name, note, percent in (("one", "甲的备注", 61), ("three", "乙的备注", 62)):
        desks[name].write("tasks", 2, "note", note)
        desks[name].write("tasks", 3, "percent", Decimal(percent))
    desks["one"].write("tasks", 5, "note", "只有甲改过")
    desks["three"].write("tasks", 6, "note", "只有乙改过")
    return [desks["one"].submit(), desks["three"].submit()]


def word(desk: Desk, unit: str = A) -> str:
    found = state(desk.work, desk.work.plan.unit(unit), desk.work.plan.period(PERIOD)).state
    return "submitted" if found == "late" else found


def note(desk: Desk, row: int, field: str = "note") -> object:
    return desk.cell("tasks", row, field, A)


def asked(desk: Desk) -> dict[tuple[str, str], tuple[object, ...]]:
    return {c.place[::2]: c.values for c in conflict(desk.work, CODE, PERIOD).asked}


def test_only_what_both_changed_needs_a_person(desks: dict[str, Desk], tmp_path: Path) -> None:
    county = desks["county"]
    county.load(*without_common_ancestor(desks, tmp_path))
    assert word(county) == "conflict"
    found = conflict(county.work, CODE, PERIOD)
    assert {(c.place[0], c.place[2], c.row) for c in found.asked} == {("tasks", "note", 2), ("tasks", "percent", 3)}
    alone = {(c.row, c.values[c.pick]) for c in found.cells if c.pick is not None}
    assert alone >= {(5, "只有甲改过"), (6, "只有乙改过")}
    with pytest.raises(UserError, match="还有2格没有选定"):
        decide_cells(found, {})
    first = found.asked[0].values.index("甲的备注"), found.asked[1].values.index(62)
    decide_cells(found, {c.place: side for c, side in zip(found.asked, first, strict=True)})
    assert word(county) == "submitted"
    assert [note(county, 2), note(county, 3, "percent"), note(county, 5), note(county, 6)] == [
        "甲的备注", 62, "只有甲改过", "只有乙改过",
    ]  # fmt: skip
    source = Consolidation(county.work, county.work.plan.period(PERIOD)).sources[CODE]
    assert source.about["code"] == f"逐格选定：{'＋'.join(str(h.about['code']) for h in found.standing.heads)}"


def test_a_decision_goes_back_with_the_receipt_and_both_pcs_go_on_from_it(
    desks: dict[str, Desk], tmp_path: Path
) -> None:
    county = desks["county"]
    county.load(*without_common_ancestor(desks, tmp_path))
    found = conflict(county.work, CODE, PERIOD)
    decide_cells(found, {c.place: 0 for c in found.asked})
    receipt = county.receipt(A)
    for desk in (desks["one"], desks["three"]):
        desk.load(receipt)
        for row, field in ((2, "note"), (3, "percent"), (5, "note"), (6, "note")):
            assert desk.cell("tasks", row, field) == note(county, row, field)
    desks["three"].write("tasks", 4, "note", "以后填的")
    assert county.results(desks["three"].submit()) == ["accepted"]
    assert (word(county), note(county, 4), note(county, 5)) == ("submitted", "以后填的", "只有甲改过")


def test_reports_without_a_common_ancestor_are_asked_everywhere(desks: dict[str, Desk]) -> None:
    county = desks["county"]
    desks["two"].write("tasks", 2, "note", "另一台")
    county.load(desks["one"].submit(), desks["two"].submit())
    assert {"另一台"} < set(asked(county)["tasks", "note"])
    assert not county.work.store.rows("tasks", CODE, PERIOD)  # nothing was ever agreed on: nothing counts
    assert [c.pick for c in conflict(county.work, CODE, PERIOD).cells] == [None]


def test_a_load_is_taken_back_as_one_and_can_come_again(desks: dict[str, Desk]) -> None:
    county, one = desks["county"], desks["one"]
    first = one.submit()
    county.load(first)
    before = county.lines(A)
    one.write("tasks", 1, "note", "第二版")
    second = one.submit()
    county.load(second, first)
    book = IntakeLog(county.work.store)
    last = book.last_load()
    assert [(a.result, a.revision) for a in book.of_load(last)] == [("accepted", 2), ("unchanged", 1)]
    assert [a.revision for a in undo_load(county.work, last)] == [2]
    assert county.lines(A) == before
    assert undo_load(county.work, book.last_load())
    assert word(county) == "missing"
    assert county.work.store.rows("tasks", CODE, PERIOD) == []
    with pytest.raises(UserError, match="没有可以撤销的装入"):
        undo_load(county.work, last)
    assert county.results(first, second) == ["accepted", "accepted"]
    assert note(county, 1) == "第二版"


def test_a_full_disk_stops_a_load_and_is_no_fault_of_the_file(desks: dict[str, Desk]) -> None:
    county, one = desks["county"], desks["one"]
    sent = one.submit()
    pages = county.work.store.db.execute("PRAGMA page_count").fetchone()[0]
    county.work.store.db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(UserError, match=f"装入了0个就停下了：“{sent.name}”没有装入：磁盘满了.*接着来"):
        county.load(sent)
    assert not (county.folder / "refused").exists()
    county.work.store.db.execute("PRAGMA max_page_count=1000000")
    assert county.results(sent) == ["accepted"]


def test_a_trial_load_sees_what_its_files_do_to_each_other(desks: dict[str, Desk], tmp_path: Path) -> None:
    county, one = desks["county"], desks["one"]
    first = one.submit()
    shutil.copytree(one.folder, tmp_path / "three")
    three = desks["three"] = Desk(tmp_path / "three", Workspace.open(tmp_path / "three"))
    one.write("tasks", 2, "note", "甲的备注")
    second = one.submit()
    found = county.load(first, second, dry_run=True)
    assert [a.result for a in found] == ["accepted", "accepted"]
    assert "一起装入后算数的是第2版（" in found[0].message
    assert found[1].message == "第2版；示例数据"
    three.write("tasks", 2, "note", "乙的备注")
    third = three.submit()
    found = county.load(first, second, third, dry_run=True)
    assert [a.result for a in found] == ["accepted", "conflict", "conflict"]
    assert found[1].message.startswith("2份相撞，互不知道对方，请逐格核对选定：第2版（")
    assert county.results(first, second, third) == ["accepted", "accepted", "conflict"]


def test_a_path_that_is_not_there_does_not_stop_the_others(desks: dict[str, Desk], tmp_path: Path) -> None:
    county, gone = desks["county"], tmp_path / "没有的.qd"
    for dry_run in (True, False):
        found = county.load(gone, desks["one"].submit(), dry_run=dry_run)
        assert [(a.result, a.message) for a in found][:1] == [("refused", "没有这个文件或文件夹")]
        assert [a.result for a in found][1:] == ["accepted"]
    with pytest.raises(UserError, match="没有这个文件或文件夹，另外1个也是"):
        county.load(gone, tmp_path / "也没有")
    assert IntakeLog(county.work.store).waiting() == []


def test_a_decision_is_taken_back_like_a_load(desks: dict[str, Desk], tmp_path: Path) -> None:
    county = desks["county"]
    county.load(*without_common_ancestor(desks, tmp_path))
    found = conflict(county.work, CODE, PERIOD)
    decide_cells(found, {c.place: 1 for c in found.asked})
    undo_load(county.work, IntakeLog(county.work.store).last_load())
    assert word(county) == "conflict"
    assert note(county, 2) not in ("甲的备注", "乙的备注")  # what both stand on counts again


def test_nothing_of_a_closed_period_is_taken_back(desks: dict[str, Desk]) -> None:
    county = desks["county"]
    county.load(desks["one"].submit())
    county.work.apply(county.work.close_off(PERIOD), "封存")
    with pytest.raises(UserError, match="已经封存，不能撤销"):
        undo_load(county.work, IntakeLog(county.work.store).last_load())
    assert word(county) == "submitted"


def test_refused_files_are_kept_none_over_the_other_and_can_be_taken_up(desks: dict[str, Desk], tmp_path: Path) -> None:
    county, one = desks["county"], desks["one"]
    for n, content in ((1, b"\xff\xd8photo"), (2, b"\xff\xd8another")):
        (tmp_path / f"d{n}").mkdir()
        (tmp_path / f"d{n}" / "photo.jpg").write_bytes(content)
    county.work.apply(county.work.close_off(PERIOD), "封存")
    sent = one.submit()
    assert county.results(sent, tmp_path / "d1", tmp_path / "d2") == ["refused"] * 3
    waiting = IntakeLog(county.work.store).waiting()
    assert len({(county.folder / a.file).read_bytes() for a in waiting}) == 3
    county.work.apply(county.work.close_off(PERIOD, closed=False), "解除封存")
    assert county.results(*(county.folder / a.file for a in waiting if a.kind == "submission")) == ["accepted"]
    assert [a.kind for a in IntakeLog(county.work.store).waiting()] == ["", ""]


## the office's own corrections


def record(desk: Desk, row: int) -> str:
    return str(desk.cell("tasks", row, "id", A))


def test_a_correction_lies_over_the_report_and_ends_when_the_unit_agrees(desks: dict[str, Desk]) -> None:
    county, one = desks["county"], desks["one"]
    county.load(one.submit())
    unit, period, work = county.work.plan.unit(A), county.work.plan.period(PERIOD), county.work
    place = ("tasks", record(county, 3), "percent")
    reported = note(county, 3, "percent")
    work.apply(correct(work, unit, period, place, "77", "与台账核对"), "更正")
    line = next(r for r in Consolidation(work, period).lines(work.form("tasks")) if r["id"] == place[1])
    assert (line["percent"], note(county, 3, "percent")) == (77, reported)
    said = f"＊{A}任务清单第3行“完成进度”单位报{float(str(reported)):g}，本办更正为77：与台账核对"
    made = papers(work, period)
    noted = {s.form.title: said in s.notes for s in made.workbook.sheets}
    assert [title for title, has in noted.items() if has] == ["分行动进度", "任务清单"]
    concerned = ("通报", work.plan.find("actions", line["action"]).name)
    assert {name: any(said in s.notes for s in book.sheets) for name, book, _ in made.bulletins} == {
        name: name.endswith(concerned) for name, _, _ in made.bulletins
    }
    told = one.load(county.receipt(A))[0].message
    assert "任务清单第3行“完成进度”" in told
    assert f"{float(str(reported)):g}更正为77（与台账核对）" in told
    one.write("tasks", 3, "percent", Decimal(78))
    county.load(one.submit())
    (found,) = corrections(work, work.context(CODE, period))
    assert (found.state, found.reported, found.value) == (CLASHES, 78, 77)
    work.apply(keep(found), "仍用本办的")
    (found,) = corrections(work, work.context(CODE, period))
    assert (found.state, found.holds) == ("stands", True)
    one.write("tasks", 3, "percent", Decimal(77))
    county.load(one.submit())
    (found,) = corrections(work, work.context(CODE, period))
    assert (found.state, found.holds) == ("agreed", False)
    work.apply(lift(found), "了结")
    assert corrections(work, work.context(CODE, period)) == []
    history = [e.label for e in work.store.history("overrides", found.row["id"])]
    assert history == ["更正", "仍用本办的", "了结"]


@pytest.mark.parametrize(
    ("field", "typed", "reason", "told"),
    [
        ("percent", "很多", "核对", "“完成进度”"),
        ("percent", "77", " ", "请写一句更正的理由"),
        ("task", "别的", "核对", "取自方案或由程序算出"),
    ],
)
def test_a_correction_that_cannot_be_says_why(
    desks: dict[str, Desk], field: str, typed: str, reason: str, told: str
) -> None:
    county = desks["county"]
    county.load(desks["one"].submit())
    work = county.work
    with pytest.raises(UserError, match=told):
        correct(work, work.plan.unit(A), work.plan.period(PERIOD), ("tasks", record(county, 3), field), typed, reason)


def test_nobody_corrects_what_did_not_come(desks: dict[str, Desk]) -> None:
    work = desks["county"].work
    id = work.context(CODE, work.plan.period(PERIOD)).rows["tasks"][0]["id"]
    with pytest.raises(UserError, match="还没有报"):
        correct(work, work.plan.unit(A), work.plan.period(PERIOD), ("tasks", id, "percent"), "77", "核对")
