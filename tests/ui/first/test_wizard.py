"""The first start: whose computer this is, by file, list or backup; recognised, agreed, and only then made."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QListView, QPushButton, QWidget

from exports.package.envelope import new_signer
from models.plan.reader import read_built_in
from models.reporting.sample import fill
from models.store import backup
from models.store.data_folder import FILE
from models.workspace import Workspace
from tests.exports.incoming.test_new_workspace import edited
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.hands import SHIFT, Key, at_dialog, inside, of_kind, there
from tests.ui.window.test_everybody import spoken
from ui.first.wizard import SetupWizard
from ui.widgets.theme import Theme

UNIT, CODE = "瓦屋塘镇", "430527106"
FIRST = read_built_in().actions[0].id
Begin = Callable[..., SetupWizard]


@pytest.fixture
def begin(tmp_path: Path, look: Theme, qtbot: Hands) -> Iterator[Begin]:
    """The window of a first start, in front."""
    made: list[SetupWizard] = []

    def make(movable: bool = False) -> SetupWizard:
        start = SetupWizard(tmp_path / "pc" / "ws", look, movable)
        qtbot.addWidget(start)
        start.show()
        start.activateWindow()
        qtbot.waitUntil(start.isActiveWindow)
        made.append(start)
        return start

    yield make
    for start in made:
        if start.space:
            start.space.close()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    made = Desk.county(tmp_path / "county")
    yield made
    made.close()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A backup of a township's filled October."""
    old = Workspace.create(tmp_path / "old", "unit", [UNIT])
    old.set({"person": "示例", "current": "2024-10"})
    fill(old, old.plan.period("2024-10"))
    copy = backup.make(old.store.db, tmp_path / "U盘")
    old.close()
    return copy


def press(qtbot: Hands, start: SetupWizard, key: Qt.Key = Key.Key_Return) -> None:
    """A key, wherever the keyboard is."""
    qtbot.keyClick(start.focusWidget(), key)


def button(start: SetupWizard, text: str) -> QPushButton:
    """The button that one sees with these words."""
    [found] = [b for b in inside(start, QPushButton) if b.isVisible() and b.text() == text]
    return found


def click(qtbot: Hands, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def seen(start: SetupWizard) -> list[tuple[str, str]]:
    """The steps as one sees them: state and title."""
    return [(s.state, s.again.text() if s.again.isVisible() else s.title.text()) for s in start.steps]


def figures(start: SetupWizard) -> str:
    """What the card says, as a screen reader does."""
    return start.recognise.card.accessibleName()


def drop(start: SetupWizard, *paths: Path) -> None:
    """Drop files on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(40, 40), *how)
    QApplication.sendEvent(start, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(start, QDropEvent(QPointF(40, 40), *how))


## from the county's file


def test_a_hand_out_is_chosen_recognised_and_made_by_the_enter_key_alone(
    begin: Begin, county: Desk, qtbot: Hands
) -> None:
    file = county.hand_out(UNIT)
    start = begin()
    assert seen(start) == [("now", "装入县里发的任务包"), ("later", "认一认单位"), ("later", "谁来填")]

    def choose(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(file.parent))
        of_kind(QLineEdit, dialog.findChild(QLineEdit)).setText(file.name)
        dialog.accept()

    at_dialog(QFileDialog, choose)
    press(qtbot, start)
    assert seen(start) == [("past", "任务包读好了"), ("now", f"你是{UNIT}的吗？"), ("later", "谁来填")]
    assert start.steps[0].second.text().endswith("签发，验过")
    assert county.work.plan.about["制表机关"] in start.steps[0].second.text()
    assert figures(start) == (
        f"{UNIT}，{CODE}，绥宁县实施“八大行动”总体方案　2024年，"
        "牵头任务 1，配合任务 28，项指标 0，每月报 25 日，从这期报起 10月"
    )
    press(qtbot, start)
    assert seen(start) == [("past", "任务包读好了"), ("past", UNIT), ("now", "谁来填？")]
    assert start.focusWidget() is start.person
    assert not start.folder.parent.exists()
    press(qtbot, start)
    assert start.result() == QDialog.DialogCode.Accepted
    assert [u.short for u in there(start.space).units] == [UNIT]
    assert there(start.space).period.id == "2024-10"


def test_a_dropped_hand_out_is_taken_by_the_mouse(begin: Begin, county: Desk, qtbot: Hands) -> None:
    start = begin()
    drop(start, county.hand_out(UNIT))
    click(qtbot, button(start, f"是，我是{UNIT}"))
    qtbot.keyClicks(start.person, "Shili")
    click(qtbot, button(start, "开始填报"))
    assert (there(start.space).role, there(start.space).person) == ("unit", "Shili")


def test_of_several_hand_outs_one_is_chosen_and_only_that_is_loaded(begin: Begin, county: Desk, qtbot: Hands) -> None:
    files = [county.hand_out("县科工局"), county.hand_out(UNIT), county.hand_out("长铺镇")]
    start = begin()
    drop(start, *files)
    qtbot.keyClicks(start.focusWidget(), "wwt")
    press(qtbot, start)
    assert seen(start)[1] == ("now", f"你是{UNIT}的吗？")
    press(qtbot, start)
    press(qtbot, start)
    assert [u.short for u in there(start.space).units] == [UNIT]


def test_a_wrong_file_is_reported_at_the_place_and_what_was_typed_stays(
    begin: Begin, county: Desk, tmp_path: Path, qtbot: Hands
) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + bytes(300))
    start = begin()
    drop(start, county.hand_out(UNIT))
    press(qtbot, start)
    qtbot.keyClicks(start.person, "Shili")
    drop(start, photo)
    assert start.pack.told.text() == "照片.jpg：不是清单填报的文件，没有装入；请核对是不是选错了文件"
    assert start.pack.told.isVisible()
    assert seen(start)[0][0] == "now"
    click(qtbot, button(start, "谁来填"))
    assert start.person.text() == "Shili"
    press(qtbot, start)
    assert ([u.short for u in there(start.space).units], there(start.space).person) == ([UNIT], "Shili")


def test_a_signature_that_is_not_the_countys_is_called_unverified(begin: Begin, county: Desk) -> None:
    start = begin()
    drop(start, edited(county.hand_out(UNIT), new_signer()))
    assert start.steps[0].second.text().endswith("签发，未验证")
    assert "先打电话核对再用" in start.recognise.doubt.text()


def test_a_photo_beside_the_handout_is_named_on_the_card(begin: Begin, county: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + bytes(300))
    start = begin()
    drop(start, photo, county.hand_out(UNIT))
    assert seen(start)[1] == ("now", f"你是{UNIT}的吗？")
    assert "照片.jpg：不是清单填报的文件" in start.recognise.doubt.text()


def test_a_submission_and_a_workbook_say_what_comes_first(begin: Begin, tmp_path: Path) -> None:
    unit = Desk(tmp_path / "unit", Workspace.create(tmp_path / "unit", "unit", [UNIT]))
    unit.fill()
    file = unit.submit()
    unit.close()
    old = tmp_path / "台账.csv"
    old.write_text("项目名称,总投资\n示例,1\n", "utf-8")
    start = begin()
    drop(start, old)
    assert start.pack.told.text() == "台账.csv：这是工作簿，第一次用要先装入县里发的任务包，这份以后再装"
    drop(start, file)
    assert start.pack.told.text() == f"{file.name}：这是上报包，第一次用要先装入县里发的任务包，这份以后再装"
    assert not start.folder.exists()


def test_a_hand_out_whose_file_is_gone_at_the_last_step_makes_nothing(begin: Begin, county: Desk, qtbot: Hands) -> None:
    file = county.hand_out(UNIT)
    start = begin()
    drop(start, file)
    press(qtbot, start)
    away = file.rename(file.with_name("别处.qd"))
    press(qtbot, start)
    assert start.told.text() == f"没有这个文件或文件夹：{file}"
    assert start.isVisible()
    assert not start.folder.exists()
    away.rename(file)
    press(qtbot, start)
    assert [u.short for u in there(start.space).units] == [UNIT]


## from the plan that the program brings


@pytest.mark.parametrize("typed", ["wwt", "WWTZ"])
def test_a_unit_is_searched_by_its_initials_and_enter_goes_on_to_the_end(
    begin: Begin, qtbot: Hands, typed: str
) -> None:
    start = begin()
    click(qtbot, button(start, "县里用，或没有任务包"))
    qtbot.keyClicks(start.focusWidget(), typed)
    assert button(start, f"选{UNIT}").isDefault()
    press(qtbot, start)
    assert figures(start).startswith(f"{UNIT}，{CODE}，")
    press(qtbot, start)
    qtbot.keyClicks(start.person, "Shili")
    assert not start.folder.exists()
    press(qtbot, start)
    assert start.result() == QDialog.DialogCode.Accepted
    assert ([u.short for u in there(start.space).units], there(start.space).person) == ([UNIT], "Shili")


def test_the_arrow_keys_go_through_the_list_from_the_search_box(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    start.turn("own")
    second = start.plan_way.plan.units[1].short
    press(qtbot, start, Key.Key_Down)
    press(qtbot, start)
    assert seen(start)[1] == ("now", f"你是{second}的吗？")


def test_enter_in_the_list_chooses_too(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    start.turn("own")
    start.plan_way.finder.list.setFocus()
    press(qtbot, start, Key.Key_End)
    press(qtbot, start)
    assert seen(start)[1] == ("now", f"你是{start.plan_way.plan.units[-1].short}的吗？")


def test_a_double_click_in_the_list_chooses(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    start.turn("own")
    start.plan_way.finder.search.setText("瓦屋")
    view = of_kind(QListView, start.plan_way.finder.findChild(QListView))
    at = view.visualRect(view.currentIndex()).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert seen(start)[1] == ("now", f"你是{UNIT}的吗？")


def test_a_name_that_is_not_there_makes_nothing(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    start.turn("own")
    of_kind(QLineEdit, start.focusWidget()).setText("没有的单位")
    press(qtbot, start)
    assert start.plan_way.told.text() == "没有找到这个单位，请换几个字再找"
    assert [state for state, _ in seen(start)] == ["now", "later", "later"]
    click(qtbot, button(start, "工作专班"))
    assert not start.plan_way.told.isVisible()
    start.plan_way.finder.search.setText("没有的行动")
    press(qtbot, start)
    assert start.plan_way.told.text() == "没有找到这个行动，请换几个字再找"
    click(qtbot, button(start, "单位填报"))
    assert start.plan_way.finder.shown.rowCount() == len(start.plan_way.plan.units)


def test_a_work_team_begins_by_keys(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    start.turn("own")
    start.plan_way.roles["unit"].setFocus()
    press(qtbot, start, Key.Key_Right)
    action = start.plan_way.plan.actions[2]
    start.plan_way.finder.search.setFocus()
    for _ in range(2):
        press(qtbot, start, Key.Key_Down)
    press(qtbot, start)
    assert figures(start).startswith(f"{action.name}，工作专班，")
    assert button(start, "是，我是这个专班的").isDefault()
    press(qtbot, start)
    press(qtbot, start)
    assert (there(start.space).role, there(start.space).settings["action"]) == ("team", action.id)


def test_the_office_begins_by_the_mouse(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    click(qtbot, button(start, "县里用，或没有任务包"))
    click(qtbot, button(start, "县领导小组办公室"))
    assert not start.plan_way.finder.isVisible()
    click(qtbot, button(start, "选领导小组办公室"))
    assert "责任单位 65" in figures(start)
    click(qtbot, button(start, "是，给办公室用"))
    assert seen(start)[2] == ("now", "谁来用？")
    assert start.person.placeholderText() == start.person.accessibleName() == "你的姓名"
    start.person.setText("示例")
    click(qtbot, button(start, "开始"))
    assert (there(start.space).role, there(start.space).person) == ("office", "示例")


## from a backup


def test_a_backup_is_recognised_and_brings_everything_back(begin: Begin, saved: Path, qtbot: Hands) -> None:
    start = begin()
    click(qtbot, button(start, "从备份恢复"))

    def choose(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(saved.parent))
        of_kind(QLineEdit, dialog.findChild(QLineEdit)).setText(saved.name)
        dialog.accept()

    at_dialog(QFileDialog, choose)
    press(qtbot, start)
    assert seen(start)[:2] == [("past", "备份读好了"), ("now", f"你是{UNIT}的吗？")]
    assert figures(start).endswith("报到这期 10月")
    assert not start.folder.exists()
    press(qtbot, start)
    assert start.person.text() == "示例"
    press(qtbot, start)
    space = start.space
    assert len(there(space).store.rows("tasks", CODE, "2024-10")) > 20
    assert there(space).person == "示例"


def test_a_dropped_backup_is_known_by_its_content(begin: Begin, saved: Path) -> None:
    renamed = saved.rename(saved.with_name("单位数据.dat"))
    start = begin()
    drop(start, renamed)
    assert seen(start)[0] == ("past", "备份读好了")


@pytest.mark.parametrize(
    ("role", "units", "action", "name", "agreed"),
    [
        ("unit", [UNIT, "县科工局"], "", f"{UNIT}、县科工局", "是，是这些单位"),
        ("team", [], FIRST, "", "是，我是这个专班的"),
        ("office", [], "", "领导小组办公室", "是，给办公室用"),
    ],
)
def test_every_kind_of_backup_is_recognised(
    begin: Begin, tmp_path: Path, qtbot: Hands, role: str, units: list[str], action: str, name: str, agreed: str
) -> None:
    old = Workspace.create(tmp_path / "old", role, units, action)
    copy = backup.make(old.store.db, tmp_path / "U盘")
    name = name or old.plan.action(action).name
    old.close()
    start = begin()
    drop(start, copy)
    assert start.recognise.name.text() == name
    click(qtbot, button(start, agreed))
    press(qtbot, start)
    assert (there(start.space).role, len(there(start.space).units) > 1) == (role, True)


@pytest.mark.parametrize("content", [b"\xff\xd8" * 100, b"", b"SQLite format 3\x00" + bytes(500)])
def test_what_is_no_backup_is_reported_and_nothing_is_made(begin: Begin, tmp_path: Path, content: bytes) -> None:
    start = begin()
    (tmp_path / "照片.db").write_bytes(content)
    start.bring_back(tmp_path / "照片.db")
    told = start.ways["backup"].told
    assert told.isVisible()
    assert "照片.db" in told.text()
    assert "没有恢复" in told.text()
    assert not start.folder.exists()


## there and back


def test_a_folded_step_opens_by_key_and_by_mouse_and_keeps_what_was_typed(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    start.turn("own")
    start.plan_way.finder.search.setText("瓦屋")
    press(qtbot, start)
    press(qtbot, start)
    qtbot.keyClicks(start.person, "Shili")
    start.steps[0].again.setFocus()
    press(qtbot, start)
    assert seen(start)[0] == ("now", "这台电脑给谁用？")
    assert of_kind(QLineEdit, start.focusWidget()).text() == "瓦屋"
    of_kind(QLineEdit, start.focusWidget()).setText("kgj")
    press(qtbot, start)
    click(qtbot, start.steps[0])  # anywhere on the folded step
    assert seen(start)[0][0] == "now"
    press(qtbot, start)
    press(qtbot, start)
    assert start.person.text() == "Shili"
    press(qtbot, start)
    assert [u.short for u in there(start.space).units] == ["县科工局"]


def test_no_another_one_leads_back_to_the_choice(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    start.turn("own")
    press(qtbot, start)
    button(start, "不是，换一个单位").setFocus()
    press(qtbot, start)
    assert seen(start)[0] == ("now", "这台电脑给谁用？")
    assert start.focusWidget() is start.plan_way.finder.search


def test_esc_goes_a_step_back_and_leaves_from_the_first(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    start.turn("own")
    press(qtbot, start)
    press(qtbot, start)
    for step in (2, 1):
        press(qtbot, start, Key.Key_Escape)
        assert start.at == step
    press(qtbot, start, Key.Key_Escape)
    assert not start.isVisible()
    assert start.space is None
    assert not start.folder.exists()


def test_a_step_to_come_cannot_be_opened(begin: Begin, qtbot: Hands) -> None:
    start = begin()
    click(qtbot, start.steps[2])
    assert start.at == 1


## the place


def test_the_data_may_lie_in_another_folder(
    begin: Begin, tmp_path: Path, qtbot: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    full = tmp_path / "资料"
    full.mkdir()
    (full / "旧表.txt").touch()
    start = begin(movable=True)
    at_dialog(QFileDialog, lambda dialog: (dialog.findChild(QLineEdit).setText(str(full)), dialog.accept()))
    click(qtbot, button(start, "换个地方"))
    assert f"数据放在 {full / '清单填报'}，" in start.foot.place.text()
    assert start.foot.told.text() == "密钥也放在这里：请确认用这台电脑的其他人打不开这个文件夹。"
    start.turn("own")
    for _ in range(3):
        press(qtbot, start)
    assert (full / "清单填报" / FILE).exists()
    assert not (tmp_path / "pc").exists()


def test_data_that_lie_there_already_are_taken_up(
    begin: Begin, saved: Path, tmp_path: Path, qtbot: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    start = begin(movable=True)
    start.move_to(tmp_path / "old")
    assert seen(start)[:2] == [("past", "这里已经有数据"), ("now", f"你是{UNIT}的吗？")]
    click(qtbot, button(start, "不是，换个地方"))
    assert str(start.own) in start.foot.place.text()
    start.move_to(tmp_path / "old")
    press(qtbot, start)
    press(qtbot, start)
    assert there(start.space).folder == tmp_path / "old"


def test_a_place_that_cannot_be_used_at_the_end_is_reported_and_not_noted(
    begin: Begin, tmp_path: Path, qtbot: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    (tmp_path / "D盘").mkdir()
    start = begin(movable=True)
    start.move_to(tmp_path / "D盘")
    (tmp_path / "D盘").rmdir()
    (tmp_path / "D盘").write_text("a file where the folder was", "utf-8")
    start.turn("own")
    for _ in range(3):
        press(qtbot, start)
    assert start.told.text() == f"不能建立文件夹（已经有同名的文件），请换一个位置：{tmp_path / 'D盘'}"
    assert not (tmp_path / "home" / "Qingdan").exists()
    (tmp_path / "E盘").mkdir()
    start.move_to(tmp_path / "E盘")
    press(qtbot, start)
    assert there(start.space).folder == tmp_path / "E盘"


def test_a_network_folder_is_refused_at_the_foot(begin: Begin) -> None:
    start = begin(movable=True)
    start.move_to(Path("//server/share"))
    assert start.foot.told.isVisible()
    assert "请选这台电脑自己的硬盘" in start.foot.told.text()
    assert start.folder == start.own


def test_a_named_folder_stays(begin: Begin) -> None:
    assert not begin().foot.elsewhere.isVisible()


## for everybody


@pytest.mark.parametrize("way", ["pack", "own", "backup"])
def test_every_part_has_a_name_and_is_reached_by_tab(begin: Begin, way: str, qtbot: Hands) -> None:
    start = begin(movable=True)
    start.turn(way)
    stops = {
        w
        for w in inside(start, QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert [w for w in stops if not spoken(w)] == []
    reached = set()
    for _ in range(3 * len(stops)):
        reached.add(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    unchosen = {r for r in start.plan_way.roles.values() if not r.isChecked()}  # by the arrow keys
    assert stops - reached - unchosen == set()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() in stops


@pytest.mark.parametrize(("width", "height"), [(1366, 696), (1280, 648), (683, 340)])
def test_the_open_step_is_in_sight_on_a_small_screen(
    begin: Begin, county: Desk, qtbot: Hands, width: int, height: int
) -> None:
    start = begin(movable=True)
    start.resize(width, height)
    drop(start, county.hand_out(UNIT))
    for main in (start.recognise.yes, start.start):
        inside = start.middle.viewport().rect()
        qtbot.waitUntil(
            lambda b=main, i=inside: i.contains(b.mapTo(start.middle.viewport(), QPoint(b.width() - 1, b.height() - 1)))  # type: ignore[misc]  # it notes, and then answers
        )
        assert start.width() == width
        if main is start.recognise.yes:
            press(qtbot, start)
