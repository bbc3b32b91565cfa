"""A table of one's own through the window's doors: what was chosen for its columns is remembered, and said so."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from exports.readback.foreign_table import OURS_OTHERWISE
from exports.readback.zip_guard import LOCKED
from models.errors import sentence
from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, at_dialog, kept
from ui.loads.column_mapping import ColumnMapping
from ui.window.main_window import MainWindow

HEADINGS = ["工程名称", "建设地点", "总投资（元）", "联系微信"]


def table(path: Path, headings: list[str], *lines: list[str]) -> Path:
    path.write_bytes("\r\n".join(",".join(line) for line in [headings, *lines]).encode("gbk"))
    return path


def taken(window: MainWindow, path: Path, **changed: str) -> dict[str, Any]:
    """Take a file over, some columns put elsewhere; what the dialog offered when it opened."""
    seen: dict[str, Any] = {}

    def act(dialog: ColumnMapping) -> None:
        seen["form"], seen["last"] = dialog.chosen_form.name, dialog.last.isVisible() and dialog.last.text()
        seen["boxes"] = [b.currentText() for b in dialog.boxes]
        for words, field in changed.items():
            dialog.boxes[dialog.headings.index(words)].setCurrentText(field)
        dialog.take.click()

    at_dialog(ColumnMapping, act)
    window.open_files([path])
    return seen


def test_what_was_chosen_is_offered_the_next_time_and_after_a_restart(
    open_window: Open, qtbot: Hands, tmp_path: Path
) -> None:
    window = open_window()
    first = taken(window, table(tmp_path / "九月.csv", HEADINGS, ["示例一路", "大坪村", "100", "甲"]), 联系微信="备注")
    assert first == {
        "form": "projects",
        "last": False,
        "boxes": ["项目名称", "建设地点", "总投资（万元）", "（不要）"],
    }
    folder = window.session.space.folder
    window.close()
    again = open_window(Workspace.open(folder))
    moved = table(tmp_path / "十月.csv", HEADINGS[::-1], ["乙", "200", "枫木村", "示例二路"])
    assert taken(again, moved) == {
        "form": "projects",
        "last": "各栏按上次的对应放好了（标题和上次一样）；要改的请在下面改。",
        "boxes": ["备注", "总投资（万元）", "建设地点", "项目名称"],
    }
    assert kept(again, "projects", "note") == ["甲", "乙"]
    assert kept(again, "projects", "place") == ["大坪村", "枫木村"]


def test_a_column_skipped_on_purpose_stays_skipped(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    path = table(tmp_path / "表.csv", HEADINGS, ["示例一路", "大坪村", "100", "甲"])
    taken(window, path, 建设地点="（不要）")
    assert taken(window, path)["boxes"] == ["项目名称", "（不要）", "总投资（万元）", "（不要）"]
    taken(window, path, 建设地点="项目业主")
    assert taken(window, path)["boxes"] == ["项目名称", "项目业主", "总投资（万元）", "（不要）"]


def test_other_headings_raise_the_question_again(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    line = ["示例一路", "大坪村", "100", "甲"]
    taken(window, table(tmp_path / "表.csv", HEADINGS, line), 联系微信="备注")
    for other in (["工程名称", "建设地点", "总投资（万元）", "联系微信"], [*HEADINGS, "说明"], HEADINGS[1:]):
        seen = taken(window, table(tmp_path / "改.csv", other, line[-len(other) :]))
        assert (seen["last"], seen["boxes"][other.index("联系微信")]) == (False, "（不要）"), other


def test_two_columns_of_one_heading_keep_their_places(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    path = table(tmp_path / "表.csv", ["项目名称", "说明", "说明"], ["示例一路", "甲", "乙"])

    def act(dialog: ColumnMapping) -> None:
        dialog.boxes[1].setCurrentText("形象进度")
        dialog.boxes[2].setCurrentText("存在问题")
        dialog.take.click()

    at_dialog(ColumnMapping, act)
    window.open_files([path])
    assert taken(window, path)["boxes"] == ["项目名称", "形象进度", "存在问题"]


def test_what_is_taken_back_is_not_remembered_either(open_window: Open, qtbot: Hands, tmp_path: Path) -> None:
    window = open_window()
    path = table(tmp_path / "表.csv", HEADINGS, ["示例一路", "大坪村", "100", "甲"])
    taken(window, path, 联系微信="备注")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "projects", "name") == []
    assert taken(window, path)["last"] is False


def test_a_table_is_dropped_on_the_window(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    path = table(tmp_path / "表.csv", HEADINGS, ["示例一路", "大坪村", "1000000", ""])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    at_dialog(ColumnMapping, lambda dialog: dialog.take.click())
    window.dropEvent(drop)
    assert kept(window, "projects", "name") == ["示例一路"]
    assert window.saved.text() == "“项目清单”加了1行；不对的按 Ctrl+Z"


def test_a_table_is_chosen_as_a_file_to_load(
    open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    path = table(tmp_path / "表.csv", HEADINGS, ["示例一路", "大坪村", "1000000", ""])
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    at_dialog(ColumnMapping, lambda dialog: dialog.reject())
    window.choose_files()
    assert kept(window, "projects", "name") == []
    at_dialog(ColumnMapping, lambda dialog: dialog.take.click())
    window.choose_files()
    assert kept(window, "projects", "name") == ["示例一路"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("表.csv", "qingdan 1 projects 430527106 2024-10,#\r\n,1\r\n".encode("gbk"), sentence(OURS_OTHERWISE)),
        ("密.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), sentence(LOCKED)),
        ("空.csv", b"", "这个表格是空的，没有装入；请核对是不是选错了文件"),
    ],
)
def test_what_cannot_be_taken_over_is_shown_in_the_status_line(
    open_window: Open, tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    window = open_window()
    (tmp_path / name).write_bytes(data)
    window.open_files([tmp_path / name])
    foot = window.foot
    assert next(w.text() for w in (foot.whole, foot.saved) if w.isVisible()) == told
