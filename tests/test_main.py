"""The command line as scripts use it: output, exit codes, one sentence for every mistake, and no Qt."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from main import program


def run(folder: Path, *args: str) -> Result:
    return CliRunner().invoke(program, ["--data", str(folder), *args], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert run(tmp_path / "ws", "init", "--role", "unit", "--unit", "瓦屋塘镇").exit_code == 0
    return tmp_path / "ws"


def test_the_plan_as_json_is_one_document_with_the_promised_keys(tmp_path: Path) -> None:
    document = json.loads(run(tmp_path, "plan", "--json").stdout)
    assert document["year"] == 2024
    keys = {
        name: set(document[name][0]) for name in ("actions", "indicators", "tasks", "units", "assignments", "periods")
    }
    assert keys["actions"] >= {"id", "name"}
    assert keys["indicators"] >= {"id", "action", "name", "measure", "target", "comparison", "strive"}
    assert keys["tasks"] >= {"id", "action", "text", "clause"}
    assert keys["units"] >= {"code", "name", "short", "kind"}
    assert keys["assignments"] >= {"task", "unit", "role", "confirmed"}
    assert keys["periods"] >= {"id", "name", "due"}
    gdp = next(i for i in document["indicators"] if i["id"] == "ZB-QY-03")
    assert (gdp["target"], gdp["measure"], gdp["comparison"], gdp["strive"]) == (125, "亿元", "≥", True)


def test_a_month_of_sample_data_passes_the_check(folder: Path) -> None:
    assert run(folder, "demo", "--period", "2024-10").exit_code == 0
    checked = run(folder, "check", "--json")
    assert (checked.exit_code, json.loads(checked.stdout)) == (0, [])


def test_an_unfilled_month_does_not_pass_and_says_where(folder: Path) -> None:
    checked = run(folder, "check", "--period", "2024-10", "--json")
    assert checked.exit_code == 1
    first = json.loads(checked.stdout)[0]
    assert set(first) >= {"unit", "period", "form", "row", "field", "level", "code", "message"}
    told = run(folder, "check", "--period", "2024-10")
    assert "瓦屋塘镇:任务清单:1:牵头总负责人: 强制" in told.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("check", "--unit", "长铺"), "长铺镇（430527100）、长铺子乡（430527207）"),
        (("check", "--period", "2025-01"), "没有“2025-01”这个调度期"),
        (("forms", "--out", "x", "--form", "预算表"), "没有叫“预算表”的表"),
        (("init", "--role", "office"), "已经有工作区"),
    ],
)
def test_a_mistake_gets_one_sentence_and_exit_code_1(folder: Path, args: tuple[str, ...], told: str) -> None:
    result = run(folder, *args)
    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "args", [("nonsense",), ("init",), ("demo", "--seed", "x"), ("forms",), ("init", "--role", "king")]
)
def test_wrong_usage_is_exit_code_2_in_chinese(tmp_path: Path, args: tuple[str, ...]) -> None:
    result = run(tmp_path, *args)
    assert result.exit_code == 2
    words = [w for w in ("Usage", "Error", "Missing", "Invalid", "Try ", "No such") if w in result.stderr]
    assert words == []


def test_help_is_in_chinese(tmp_path: Path) -> None:
    told = run(tmp_path, "--help").stdout
    assert [w for w in ("Usage", "Options", "Commands", "Show") if w in told] == []


def test_without_a_workspace_the_way_in_is_told(tmp_path: Path) -> None:
    result = run(tmp_path / "none", "check")
    assert result.exit_code == 1
    assert "请先用 init 建立" in result.stderr
    assert not (tmp_path / "none").exists()


def test_the_command_line_never_loads_qt(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['main.py', '--data', sys.argv[1], 'plan', '--json']\n"
        "import runpy\ntry: runpy.run_path('main.py', run_name='__main__')\nexcept SystemExit: pass\n"
        "print([m for m in sys.modules if m.startswith(('PySide6', 'openpyxl', 'reportlab'))], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_a_backup_can_be_made_at_once(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "backup", "--out", str(tmp_path / "b")).exit_code == 0
    assert len(list((tmp_path / "b").glob("*.db"))) == 1


def test_an_empty_folder_name_is_not_the_folder_one_stands_in(folder: Path, tmp_path: Path) -> None:
    before = sorted(p.name for p in Path.cwd().iterdir())
    assert run(folder, "forms", "--out", "").exit_code == 2
    assert sorted(p.name for p in Path.cwd().iterdir()) == before


def test_a_unit_named_twice_is_written_once(folder: Path, tmp_path: Path) -> None:
    args = ("--unit", "瓦屋塘镇", "--unit", "430527106", "--form", "cover", "--format", "pdf")
    assert "已生成1个文件" in run(folder, "forms", "--out", str(tmp_path / "o"), *args).stdout


def test_a_file_where_a_folder_should_be_is_told_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run(tmp_path / "file" / "sub", "init", "--role", "office")
    assert result.exit_code == 1
    assert "路径里有一段不是文件夹" in result.stderr
    assert (tmp_path / "file").read_text() == "x"
