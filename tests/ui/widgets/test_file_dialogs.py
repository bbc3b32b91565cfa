"""The dialogs for files and folders begin where one was last."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from models.workspace import Workspace
from tests.ui.conftest import Hands
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.splash import Splash

DOCUMENTS = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def test_each_dialog_begins_where_one_was_last_also_after_a_restart(
    qtbot: Hands, tmp_path: Path, look: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = Workspace.create(tmp_path / "pc", "unit", ["瓦屋塘镇"])
    shell = Splash(QSettings(str(tmp_path / "pc" / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(shell)
    window = MainWindow(Session(space), look)
    shell.fill(window, look)
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    (stick / "回执.txt").write_text("不是回执", encoding="utf-8")
    begun: list[str] = []
    chosen = [str(stick / "回执.txt")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *a: (begun.append(a[2]), (chosen, ""))[1])  # type: ignore[func-returns-value]  # it notes, and then answers
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a: (begun.append(a[2]), "")[1])  # type: ignore[func-returns-value]  # it notes, and then answers
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (begun.append(a[2]), ("", ""))[1])  # type: ignore[func-returns-value]  # it notes, and then answers
    chosen.clear()
    window.choose_files()
    chosen.append(str(stick / "回执.txt"))
    assert choosing.files(window, "装入文件") == chosen
    choosing.folder(window, "放到哪个文件夹")
    choosing.new_file(window, "另存为 PDF", "表.pdf", "PDF (*.pdf)")
    assert begun == [DOCUMENTS, DOCUMENTS, str(stick), str(stick / "表.pdf")]
    again = Splash(QSettings(str(tmp_path / "pc" / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    assert choosing.begin(again) == str(stick)
    shutil.rmtree(stick)
    assert choosing.begin(again) == DOCUMENTS
    shell.close()
