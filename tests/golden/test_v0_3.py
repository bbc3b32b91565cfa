"""Files of 0.3 open with the program of today and hold what they held; 0.3 refuses what it would half read."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from main import program
from tests.golden.frozen import HERE, run

FILES = HERE / "v0_3"
OCTOBER = "2024-10"
SAME = ("code", "name", "state", "revision", "received", "verified")


@pytest.fixture
def stores(tmp_path: Path) -> Path:
    """The three data folders as 0.3 left them: office, unit, bureau."""
    with zipfile.ZipFile(FILES / "stores.zip") as zipped:
        zipped.extractall(tmp_path)
    return tmp_path


def command(folder: Path, *arguments: str | Path) -> tuple[int, str]:
    """A command of today's program on a data folder: its exit code and what it printed."""
    made = CliRunner().invoke(program, ["--data", str(folder), *map(str, arguments)])
    assert made.exception is None or isinstance(made.exception, SystemExit), made.exc_info
    return made.exit_code, made.stdout


def results(folder: Path, *paths: Path) -> list[str]:
    return [one["result"] for one in json.loads(command(folder, "load", "--json", "--yes=month", *paths)[1])]


def test_the_status_of_every_unit_is_that_of_0_3(stores: Path) -> None:
    then = json.loads((FILES / "status.json").read_text(encoding="utf-8"))
    now = json.loads(command(stores / "office", "status", "--period", OCTOBER, "--json")[1])
    assert [{k: u[k] for k in SAME} for u in now["units"]] == [{k: u[k] for k in SAME} for u in then["units"]]


def test_what_was_sound_is_sound(stores: Path) -> None:
    for name in ("unit", "bureau"):
        found = json.loads(command(stores / name, "check", "--period", OCTOBER, "--json")[1])
        assert [f for f in found if f["level"] in "AB"] == []


@pytest.mark.parametrize(
    ("store", "file"),
    [("office", "submission.qd"), ("unit", "return.qd"), ("bureau", "receipt.qd")],
)
def test_what_was_taken_in_is_known(stores: Path, store: str, file: str) -> None:
    assert results(stores / store, FILES / file) == ["unchanged"]


def test_an_unchanged_workbook_changes_no_cell(stores: Path) -> None:
    """As with 0.3 it is kept beside the submission, which counts."""
    _, said = command(stores / "office", "load", "--json", "--yes=month", FILES / "workbook.xlsx")
    assert "现在算数的是第1版" in json.loads(said)[0]["message"]
    assert not list((stores / "office").glob("refused/*"))


def test_a_hand_out_begins_a_workspace(tmp_path: Path) -> None:
    assert results(tmp_path / "本机", FILES / "handout.qd") == ["accepted"]


def test_a_plan_workbook_of_0_3_takes_nothing_away(stores: Path) -> None:
    """Columns and tables that 0.3 does not have keep what the plan in force says."""
    assert results(stores / "office", FILES / "plan.xlsx") == ["unchanged"]


def test_0_3_refuses_a_plan_that_it_would_half_read(tmp_path: Path) -> None:
    command(tmp_path / "县办", "init", "--role", "office")
    command(tmp_path / "县办", "handout", "--out", tmp_path / "任务包", "--unit", "瓦屋塘镇")
    (made,) = (tmp_path / "任务包").glob("*.qd")
    then = run("v0_3", "--data", "单位", "load", made, cwd=tmp_path)
    assert (then.returncode, "请先更新程序再装入" in then.stderr + then.stdout) == (1, True)
    assert not (tmp_path / "单位" / "qingdan.db").exists()
