"""The first start: one's unit found by a few letters, or a backup brought back; nothing is made before 开始."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from models import backup
from models.sample import fill
from models.workspace import FILE, Workspace
from tests.ui.hands import Key
from ui.first_start import FirstStart
from ui.theme import Look


def begin(tmp_path: Path, look: Look, qtbot) -> FirstStart:
    start = FirstStart(tmp_path / "ws", look)
    qtbot.addWidget(start)
    start.show()
    return start


@pytest.mark.parametrize("typed", ["瓦屋", "wwt", "WWTZ"])
def test_a_unit_is_found_by_a_piece_or_by_initials_and_enter_begins(
    tmp_path: Path, look: Look, qtbot, typed: str
) -> None:
    start = begin(tmp_path, look, qtbot)
    start.search.setText(typed)
    assert start.unit.text() == "瓦屋塘镇"
    assert start.duties.text().startswith("430527106　牵头")
    assert not (tmp_path / "ws" / FILE).exists()
    start.person.setText("示例")
    qtbot.keyClick(start.person, Key.Key_Return)
    assert start.result() == QDialog.DialogCode.Accepted
    assert [u.short for u in start.space.units] == ["瓦屋塘镇"]
    assert start.space.person == "示例"
    start.space.close()


def test_a_name_that_no_unit_has_makes_nothing(tmp_path: Path, look: Look, qtbot) -> None:
    start = begin(tmp_path, look, qtbot)
    start.search.setText("没有的单位")
    qtbot.keyClick(start.search, Key.Key_Return)
    assert start.told.text() == "没有找到这个单位，请换几个字再找"
    assert not (tmp_path / "ws" / FILE).exists()


def test_a_backup_brings_everything_back(tmp_path: Path, look: Look, qtbot) -> None:
    old = Workspace.create(tmp_path / "old", "unit", ["瓦屋塘镇"])
    fill(old, old.plan.period("2024-10"))
    kept = old.store.rows("tasks", "430527106", "2024-10")
    copy = backup.make(old.store.db, tmp_path / "U盘")
    old.close()
    start = begin(tmp_path, look, qtbot)
    start.bring_back(copy)
    assert start.space.store.rows("tasks", "430527106", "2024-10") == kept
    start.space.close()


def test_what_is_no_backup_is_told_and_nothing_is_made(tmp_path: Path, look: Look, qtbot) -> None:
    start = begin(tmp_path, look, qtbot)
    (tmp_path / "照片.db").write_bytes(b"\xff\xd8" * 100)
    start.bring_back(tmp_path / "照片.db")
    assert not start.told.text().isascii()
    assert start.space is None
    assert not (tmp_path / "ws" / FILE).exists()


def test_a_work_team_begins_from_the_window(tmp_path: Path, look: Look, qtbot) -> None:
    start = begin(tmp_path, look, qtbot)
    start.activateWindow()
    start.roles["unit"].setFocus()
    qtbot.waitUntil(start.roles["unit"].hasFocus)
    qtbot.keyClick(start.roles["unit"], Key.Key_Right)
    assert start.question.text() == "1　您的专班负责哪个行动？"
    action = start.plan.actions[2]
    assert start.list.model().rowCount() == len(start.plan.actions)
    start.search.setText(action.name)
    assert start.unit.text() == action.name
    qtbot.keyClick(start.search, Key.Key_Return)
    assert (start.space.role, start.space.settings["action"]) == ("team", action.id)
    start.space.close()


def test_the_office_begins_from_the_window(tmp_path: Path, look: Look, qtbot) -> None:
    start = begin(tmp_path, look, qtbot)
    start.roles["office"].click()
    assert not start.list.isVisible()
    assert start.unit.text() == "领导小组办公室"
    start.person.setText("示例")
    qtbot.keyClick(start.person, Key.Key_Return)
    assert start.result() == QDialog.DialogCode.Accepted
    assert (start.space.role, start.space.person) == ("office", "示例")
    start.space.close()


def test_an_action_that_is_not_there_makes_nothing_and_turning_back_offers_the_units(
    tmp_path: Path, look: Look, qtbot
) -> None:
    start = begin(tmp_path, look, qtbot)
    start.roles["team"].click()
    start.search.setText("没有的行动")
    qtbot.keyClick(start.search, Key.Key_Return)
    assert start.told.text() == "没有找到这个行动，请换几个字再找"
    assert not (tmp_path / "ws" / FILE).exists()
    start.roles["unit"].click()
    assert start.list.model().rowCount() == len(start.plan.units)
    assert start.told.text() == ""
