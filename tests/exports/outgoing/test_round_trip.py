"""The month as it is lived: hand-out, submissions from three units (one with two PCs), return, correction, receipts."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from models.county.unit_states import state
from models.errors import UserError
from models.ledger.ledger import Ledger
from tests.travel import PERIOD, Desk

A, B, C = "瓦屋塘镇", "县科工局", "长铺镇"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator["Desks"]:
    made = Desks(tmp_path)
    yield made
    made.close()


class Desks:
    """The county and as many PCs as a test asks for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.all: dict[str, Desk] = {}
        self.county = self.all.setdefault("county", Desk.county(folder / "county"))

    def pc(self, name: str, unit: str = "", data: bool = True) -> Desk:
        """A PC with the unit's hand-out loaded and October filled in."""
        desk = self.all.setdefault(name, Desk(self.folder / name))
        if unit:
            assert desk.results(self.county.hand_out(unit)) == ["accepted"]
            if data:
                desk.fill()
        return desk

    def again(self, name: str) -> Desk:
        """Another county with nothing loaded but the same keys: a copy of its folder made now."""
        import shutil

        copy = self.folder / name
        shutil.copytree(self.county.folder, copy)
        from models.workspace import Workspace

        return self.all.setdefault(name, Desk(copy, Workspace.open(copy)))

    def close(self) -> None:
        for desk in self.all.values():
            desk.close()


def word(desk: Desk, unit: str) -> str:
    """The state of a unit as the county sees it; what comes after the due day is late."""
    found = state(desk.work, desk.work.plan.unit(unit), desk.work.plan.period(PERIOD)).state
    return "submitted" if found == "late" else found


def test_the_month(desks: Desks) -> None:
    county = desks.county
    one, other = desks.pc("one", A), desks.pc("other", B)
    files = [one.submit(), other.submit()]
    assert county.results(*files) == ["accepted", "accepted"]
    assert [word(county, u) for u in (A, B, C)] == ["submitted", "submitted", "missing"]
    assert county.lines(A) == one.lines(A)
    back = county.send_back(A, ("tasks", 3, "progress", "请写具体数字"), ("任务清单", 1, "进展情况", "与上期雷同"))
    assert word(county, A) == "returned"
    assert one.load(back)[0].message == "退回2条意见，请只改被退回的地方，改好后再报"
    with pytest.raises(UserError, match="还有2处要处理"):
        one.submit()
    deal_with(one)
    second = one.submit()
    assert "2条退回意见已答复2条" in county.load(second)[0].message
    assert word(county, A) == "submitted"
    assert county.cell("tasks", 3, "progress", A) == "本期完成12处，完成投资20万元。"
    assert one.results(county.receipt(A)) == ["accepted"]
    for desk, sent in ((county, [second, *files]), (one, [back])):
        assert set(desk.results(*reversed(sent))) == {"unchanged"}
    assert county.lines(A) == one.lines(A)


def deal_with(desk: Desk) -> None:
    """Change the cell that the first comment is about, and answer the second."""
    from models.ledger.return_comments import answer

    desk.write("tasks", 3, "progress", "本期完成12处，完成投资20万元。")
    comments = desk.work.store.rows("comments", desk.work.units[0].code, PERIOD)
    desk.work.apply(answer(comments[1], "answered", "本期确实没有变化，见会议纪要"), "答复")


def test_the_county_is_the_same_whatever_the_order(desks: Desks) -> None:
    """Three revisions and another unit's file, in every order, each twice."""
    one = desks.pc("one", A)
    files = [one.submit()]
    for n in (2, 3):
        one.write("tasks", 1, "note", f"第{n}次")
        files.append(one.submit())
    start = desks.again("start")
    ends = []
    for n, order in enumerate(permutations(files)):
        copy = Desks.again(desks, f"copy{n}")
        copy.load(*order)
        assert set(copy.results(*reversed(order))) == {"unchanged"}
        counts = Ledger(copy.work.store).standing("430527106", PERIOD).counts
        assert counts is not None
        ends.append((copy.lines(A), word(copy, A), counts.revision))
    assert all(end == ends[0] for end in ends)
    assert ends[0][1:] == ("submitted", 3)
    assert start.lines(A) != ends[0][0]


def test_two_pcs_that_do_not_know_each_other_are_settled_by_a_person(desks: Desks) -> None:
    from exports.incoming.conflicts import decide

    county, one = desks.county, desks.pc("one", A)
    two = desks.pc("two", A)
    two.write("tasks", 2, "note", "另一台电脑填的")
    first, second = one.submit(), two.submit()
    assert county.results(first) == ["accepted"]
    assert county.load(second)[0].result == "conflict"
    assert word(county, A) == "conflict"
    heads = Ledger(county.work.store).standing("430527106", PERIOD).heads
    chosen = next(h for h in heads if h.id[:8] in second.name)
    decide(county.work, "430527106", PERIOD, chosen.id)
    assert word(county, A) == "submitted"
    assert county.cell("tasks", 2, "note", A) == "另一台电脑填的"
    receipt = county.receipt(A)
    assert one.results(receipt) == ["accepted"]
    assert one.cell("tasks", 2, "note") == "另一台电脑填的"
    one.write("tasks", 4, "note", "选定以后填的")
    assert county.results(one.submit()) == ["accepted"]
    assert county.cell("tasks", 4, "note", A) == "选定以后填的"


def test_the_same_data_from_two_pcs_is_no_conflict(desks: Desks) -> None:
    one, two = desks.pc("one", A), desks.pc("two", A)
    assert desks.county.results(one.submit(), two.submit()) == ["accepted", "accepted"]


def test_nothing_changed_means_the_same_file_again(desks: Desks) -> None:
    one = desks.pc("one", A)
    first = one.submit()
    assert one.submit().read_bytes() == first.read_bytes()
    one.write("tasks", 1, "note", "改了一处")
    assert "_r002_" in one.submit().name


def test_a_pc_that_was_lost_is_replaced(desks: Desks) -> None:
    """The new PC gets back what the county has; the old one may not sign any more."""
    county, old = desks.county, desks.pc("old", A)
    county.load(old.submit())
    new = desks.pc("new")
    file = county.hand_out(A, again=True)
    assert new.results(file) == ["accepted"]
    assert new.lines(A) == county.lines(A)
    old.write("tasks", 1, "note", "旧电脑")
    refused = county.load(old.submit())[0]
    assert refused.result == "refused"
    assert "已经停用" in refused.message
    new.write("tasks", 1, "note", "新电脑")
    sent = new.submit()
    assert "_r002_" in sent.name
    assert county.results(sent) == ["accepted"]


def test_new_county_keys_still_read_what_was_written_to_the_old(desks: Desks) -> None:
    from exports.package.keyring import Keyring

    one = desks.pc("one", A)
    before = one.submit()
    Keyring(desks.county.work).rotate()
    assert desks.county.results(before) == ["accepted"]
    assert one.results(desks.county.hand_out(A)) == ["accepted"]
    one.write("tasks", 1, "note", "换了密钥")
    assert desks.county.results(one.submit()) == ["accepted"]


def test_a_workspace_without_a_hand_out_is_seen_as_unverified(desks: Desks, tmp_path: Path) -> None:
    from models.workspace import Workspace

    alone = desks.all.setdefault("alone", Desk(tmp_path / "alone", Workspace.create(tmp_path / "alone", "unit", [C])))
    alone.work.set({"current": PERIOD})
    alone.fill()
    loaded = desks.county.load(alone.submit())[0]
    assert loaded.result == "accepted"
    assert "未验证" in loaded.message


def test_what_was_typed_stays_when_a_newer_plan_comes(desks: Desks) -> None:
    """A task taken out of the plan: the county's new hand-out says what is orphaned, and the lines stay stored."""
    from models.plan.reader import read_texts

    county, one = desks.county, desks.pc("one", A)
    before = one.lines(A)
    texts = dict(county.work.plan.texts)
    texts["plan"] = texts["plan"].replace("2024.1", "2024.2")
    plan = read_texts(texts)
    county.work.store.keep_plan(plan.digest, plan.texts)
    county.work.take_plan(plan)
    assert "方案更新为2024.2版" in one.load(county.hand_out(A))[0].message
    assert one.lines(A) == before


def test_a_closed_period_takes_nothing_in(desks: Desks) -> None:
    county, one = desks.county, desks.pc("one", A)
    sent = one.submit()
    county.work.apply(county.work.close_off(PERIOD), "封存")
    refused = county.load(sent)[0]
    assert (refused.result, "已经封存" in refused.message) == ("refused", True)
    county.work.apply(county.work.close_off(PERIOD, closed=False), "解除封存")
    assert county.results(sent) == ["accepted"]


def test_a_unit_gets_its_own_lines_back_from_its_submission(desks: Desks) -> None:
    one = desks.pc("one", A)
    lines, sent = one.lines(A), one.submit()
    for form in one.work.forms:
        rows = one.work.store.rows(form.name, "430527106", PERIOD)
        from models.store.change import Change

        one.work.apply([Change(form.name, r["id"], r, None) for r in rows], "误删")
    assert one.results(sent) == ["accepted"]
    assert one.lines(A) == lines


def test_a_folder_with_the_first_task_file_behind_what_needs_it(desks: Desks, tmp_path: Path) -> None:
    """A new PC gets return and hand-out on one stick; the names put the return first."""
    one = desks.pc("one", A)
    desks.county.load(one.submit())
    stick = tmp_path / "stick2"
    stick.mkdir()
    again = desks.county.hand_out(A, again=True)
    back = desks.county.send_back(A, ("tasks", 1, "note", "请补充"))
    (stick / "a.qd").write_bytes(back.read_bytes())
    (stick / "b.qd").write_bytes(again.read_bytes())
    found = desks.pc("new").load(stick)
    assert [(a.kind, a.result) for a in found] == [("handout", "accepted"), ("return", "accepted")]


def test_the_second_pc_reads_what_came_for_the_first_and_goes_on_from_its_file(desks: Desks) -> None:
    """Both have the unit's hand-out; the county has heard of the first one only."""
    county, one, two = desks.county, desks.pc("one", A), desks.pc("two", A, data=False)
    sent = one.submit()
    county.load(sent)
    assert two.results(sent, county.receipt(A), county.hand_out(A)) == ["accepted"] * 3
    assert two.lines(A) == one.lines(A)
    two.write("tasks", 2, "note", "第二台电脑接着填")
    second = two.submit()
    assert "_r002_" in second.name
    assert county.results(second) == ["accepted"]
    assert one.results(county.receipt(A)) == ["accepted"]


def test_a_re_issued_unit_is_not_read_by_the_pc_that_was_lost(desks: Desks) -> None:
    county, lost = desks.county, desks.pc("lost", A)
    county.load(lost.submit())
    new = desks.pc("new")
    new.load(county.hand_out(A, again=True))
    new.write("tasks", 1, "note", "新电脑")
    sent = new.submit()
    county.load(sent)
    found = lost.load(sent, county.receipt(A))
    assert [(a.result, "打不开" in a.message) for a in found] == [("refused", True)] * 2


def test_a_hand_out_says_before_what_it_puts_in_and_what_it_leaves(desks: Desks) -> None:
    county, one = desks.county, desks.pc("one", A)
    blank, begun = (desks.pc(name, A, data=False) for name in ("blank", "begun"))
    county.load(one.submit())
    file = county.hand_out(A, again=True)
    begun.write("tasks", 1, "note", "先填了一格")
    tables = sum(bool(rows) for rows in county.lines(A).values())
    said = blank.load(file, dry_run=True)[0].message
    assert f"县里有的2024年10月第1版放进来：{tables}张表" in said
    assert "不动" not in said
    assert f"第1版放进来：{tables - 1}张表，本机填过的1张不动" in begun.load(file, dry_run=True)[0].message
    assert f"第1版放进来：{tables}张表" in blank.load(file)[0].message
    assert "放进来" not in one.load(file, dry_run=True)[0].message
