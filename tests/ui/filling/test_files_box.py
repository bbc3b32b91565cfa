"""Attaching files in the window: by dialog and by drop, one undo step, opened, saved, taken out, refused in words."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from forms.evidence import Attachment
from models.attachments import path_of
from tests.exports.package.test_attachments import attach
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.hands import Open, inside, kept, page, put
from ui.filling.files_box import FilesBox
from ui.window.main_window import MainWindow

PDF = b"%PDF-1.4 " + bytes(300 << 10)


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    window = open_window()
    put(page(window, "tasks").grid, "evidence")
    return window


def box(window: MainWindow) -> FilesBox:
    body = page(window, "tasks").panel.widget()
    assert body is not None
    return inside(body, FilesBox)[-1]


def file(folder: Path, name: str, data: bytes = PDF) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def names(window: MainWindow) -> list[str]:
    return [a.name for a in kept(window, "tasks", "evidence")[0] or ()]


def press(qtbot: Hands, window: MainWindow, text: str) -> None:
    qtbot.mouseClick(box(window).buttons[text], Qt.MouseButton.LeftButton)


def test_files_are_added_by_the_dialog_and_shown_with_their_size(
    window: MainWindow, qtbot: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(file(tmp_path, "会议纪要.pdf")), str(file(tmp_path, "现场照片.jpg", b"\xff\xd8" * 60000))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: (chosen, ""))
    press(qtbot, window, "添加文件……")
    assert names(window) == ["会议纪要.pdf", "现场照片.jpg"]
    assert [box(window).list.item(n).text() for n in (0, 1)] == ["会议纪要.pdf　0.3MB", "现场照片.jpg　0.1MB"]
    grid = page(window, "tasks").grid
    assert grid.currentIndex().data() == "会议纪要.pdf、现场照片.jpg"
    window.session.undo.undo()
    assert names(window) == []
    window.session.undo.redo()
    assert names(window) == ["会议纪要.pdf", "现场照片.jpg"]


def test_files_dropped_on_the_panel_are_attached_and_not_loaded(window: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file(tmp_path, "现场.jpg")))])
    drop = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    assert box(window).acceptDrops()
    box(window).dropEvent(drop)
    assert names(window) == ["现场.jpg"]
    assert window.stack.currentWidget() is page(window, "tasks")


def test_taking_out_keeps_the_file_and_undo_brings_it_back(window: MainWindow, qtbot: Hands, tmp_path: Path) -> None:
    box(window).add([file(tmp_path, "一.pdf"), file(tmp_path, "二.pdf", PDF + b"2")])
    first = kept(window, "tasks", "evidence")[0][0]
    press(qtbot, window, "移去")
    assert names(window) == ["二.pdf"]
    assert path_of(window.session.space.folder, first.sha256).exists()
    window.session.undo.undo()
    assert kept(window, "tasks", "evidence")[0][0] == first


def test_one_bad_file_adds_none_and_says_why(window: MainWindow, tmp_path: Path) -> None:
    box(window).add([file(tmp_path, "好.pdf"), file(tmp_path, "坏.exe")])
    assert names(window) == []
    assert "“坏.exe”不能作附件" in window.saved.toolTip()


def test_saving_elsewhere_and_a_file_that_is_gone(window: MainWindow, tmp_path: Path) -> None:
    box(window).add([file(tmp_path, "一.pdf")])
    named: Attachment = kept(window, "tasks", "evidence")[0][0]
    box(window).save_to(named, tmp_path / "别处" / "一.pdf")
    assert (tmp_path / "别处" / "一.pdf").read_bytes() == PDF
    path_of(window.session.space.folder, named.sha256).unlink()
    window.session.refresh()
    put(page(window, "tasks").grid, "evidence")
    assert box(window).list.item(0).text() == "一.pdf　原件不在本机"
    box(window).open()
    assert "附件“一.pdf”的原件不在本机" in window.saved.toolTip()
    assert "file_gone" in {f.problem.code for f in window.session.open_findings}


def test_a_closed_period_lets_files_be_looked_at_only(window: MainWindow, tmp_path: Path) -> None:
    box(window).add([file(tmp_path, "一.pdf")])
    space = window.session.space
    space.apply(space.close_off("2024-10"), "封存")
    window.session.refresh()
    put(page(window, "tasks").grid, "evidence")
    shown = box(window)
    assert [b for b, w in shown.buttons.items() if not w.isHidden()] == ["打开", "另存为……"]
    assert not shown.acceptDrops()


def test_typing_in_the_cell_leaves_the_files_of_the_names_that_stay(
    window: MainWindow, qtbot: Hands, tmp_path: Path
) -> None:
    box(window).add([file(tmp_path, "一.pdf")])
    table = page(window, "tasks").table
    record = next(x.row["id"] for x in table.lines if x.row)
    assert table.setData(table.place(record, "evidence"), "一.pdf、签到表")
    one, two = kept(window, "tasks", "evidence")[0]
    assert (bool(one.sha256), two) == (True, Attachment("签到表"))


def test_the_county_opens_and_saves_what_a_unit_attached(open_window: Open, tmp_path: Path) -> None:
    county, pc = Desk.county(tmp_path / "county"), Desk(tmp_path / "pc")
    pc.load(county.hand_out("瓦屋塘镇"))
    pc.fill()
    named = attach(pc, 1, file(tmp_path, "盖章纪要.pdf"))[-1]
    county.load(pc.submit())
    pc.close()
    window = open_window(county.work)
    window.session.go(unit=county.work.plan.unit("瓦屋塘镇"))
    put(page(window, "tasks").grid, "evidence")
    shown = box(window)
    assert [b for b, w in shown.buttons.items() if not w.isHidden()] == ["打开", "另存为……"]
    texts = [shown.list.item(n).text() for n in range(shown.list.count())]
    assert "盖章纪要.pdf　0.3MB" in texts
    shown.save_to(named, tmp_path / "county copy.pdf")
    assert (tmp_path / "county copy.pdf").read_bytes() == PDF
