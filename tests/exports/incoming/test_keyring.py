"""Somebody's own table on the command line: one sentence that says what it is and where it can be taken over."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from exports.readback.foreign_table import OURS_OTHERWISE
from exports.readback.zip_guard import LOCKED
from main import program
from models.errors import sentence
from models.workspace import Workspace
from tests.effort import HANG
from tests.exports.readback.people import written

UNIT = "县科工局"
LINES = [["工程名称", "建设地点"], ["示例一路", "大坪村"]]
PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def table(folder: Path, name: str) -> Path:
    """Somebody's table under a name; what LibreOffice makes of it where the ending is none of .xlsx and .csv."""
    path = folder / name
    if path.suffix == ".csv":
        path.write_bytes("\r\n".join(",".join(line) for line in LINES).encode("gbk"))
        return path
    book = Workbook()
    for line in LINES:
        book.active.append(line)
    book.save(path.with_suffix(".xlsx"))
    return saved_as(path.with_suffix(".xlsx"), path.suffix)


def saved_as(path: Path, ending: str) -> Path:
    """A workbook as LibreOffice saves it; .et is an .xls by another name."""
    if ending == path.suffix:
        return path
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "this test needs LibreOffice: apt-get install libreoffice-calc"
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    kind = "csv" if ending == ".csv" else "xls"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=HANG)
    return path.with_suffix(f".{kind}").rename(path.with_suffix(ending))


def messages(space: Workspace, path: Path) -> list[str]:
    """The lines of stderr; the exit code is that of a problem. The workspace is closed: one program at a time."""
    space.close()
    done = CliRunner().invoke(program, ["--data", str(space.folder), "load", str(path)], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (1, "")
    return [line.removeprefix(f"{path}: ") for line in done.stderr.splitlines()]


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "unit", "unit", [UNIT])


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv", "台账.xls", "台账.et"])
def test_the_message_says_that_the_window_can_take_it_over_and_nothing_else(
    space: Workspace, tmp_path: Path, name: str
) -> None:
    assert messages(space, table(tmp_path, name)) == [sentence("table.foreign")]
    assert "另存为" not in sentence("table.foreign")


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv", "台账.xls"])
def test_the_county_sends_it_back_to_the_unit(tmp_path: Path, name: str) -> None:
    office = Workspace.create(tmp_path / "office", "office")
    assert messages(office, table(tmp_path, name)) == [sentence("table.foreign-at-county")]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("密.xlsx", PASSWORD, sentence(LOCKED)),
        ("密.xls", PASSWORD, sentence(LOCKED)),
        ("空.csv", b"", "这个表格是空的，没有装入；请核对是不是选错了文件"),
    ],
)
def test_what_cannot_be_opened_says_what_to_do(
    space: Workspace, tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert messages(space, tmp_path / name) == [told]


@pytest.mark.parametrize("ending", [".xls", ".et", ".csv"])
def test_our_own_workbook_saved_in_another_way_is_not_called_a_strangers(
    space: Workspace, tmp_path: Path, ending: str
) -> None:
    made = written(space, tmp_path / "表.xlsx")
    if ending == ".csv":  # the first sheet alone comes into a .csv, in the coding of the PC
        made.with_suffix(ending).write_text("qingdan 1 projects 430527106 2024-10,#\r\n,1\r\n", "gbk")
        assert messages(space, made.with_suffix(ending)) == [sentence(OURS_OTHERWISE)]
        return
    assert messages(space, saved_as(made, ending)) == [sentence(OURS_OTHERWISE)]
