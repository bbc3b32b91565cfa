"""The command line as scripts use it: output, exit codes, one sentence for every mistake, and no Qt."""

import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from main import program
from models.county.unit_states import reminder, states
from models.workspace import Workspace
from tests.models.county_months import reported


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
    assert "瓦屋塘镇:项目清单:整张表:各栏: 强制" in told.stderr  # about the whole sheet
    assert "::" not in told.stderr


def test_sample_data_of_another_month_say_that_the_month_in_front_changes(folder: Path) -> None:
    assert "当前调度期改为2024年3月" in run(folder, "demo", "--period", "2024-03").stdout
    assert "当前调度期" not in run(folder, "demo", "--period", "2024-03", "--seed", "2").stdout


def test_sample_data_live_on_a_day_of_their_own(folder: Path) -> None:
    assert "示例日期是10月22日" in run(folder, "demo", "--period", "2024-10").stdout
    assert "示例日期是11月20日" in run(folder, "demo", "--period", "2024-11", "--day", "2024-11-20").stdout
    assert "不是日历上有的日子" in run(folder, "demo", "--period", "2024-12", "--day", "31日").stderr


def test_what_was_sent_is_reported_as_read_back(folder: Path, tmp_path: Path) -> None:
    run(folder, "demo", "--period", "2024-10")
    assert "已写完并读回核对" in run(folder, "submit", "--out", str(tmp_path / "usb")).stdout


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2024, 10, 20), "请于10月25日前报来："),
        (date(2023, 12, 20), "请于2024年10月25日前报来："),
        (date(2025, 1, 2), "报送期限2024年10月25日已过期，请尽快报来："),
        (date(2024, 10, 26), "报送期限10月25日已过期，请尽快报来："),
    ],
)
def test_a_reminder_says_the_year_and_what_is_overdue(tmp_path: Path, today: date, told: str) -> None:
    space = Workspace.create(tmp_path / "ws", "office")
    period = space.plan.period("2024-10")
    assert told in reminder(space, period, states(space, period), today)
    space.close()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("check", "--unit", "长铺"), "长铺镇（430527100）、长铺子乡（430527207）"),
        (
            ("check", "--period", "2025-01"),
            "没有“2025-01”这个调度期，可以用的编号：2024-01 到 2024-12，2024-Q1 到 2024-Q4，",
        ),
        (("check", "--unit", "长铺镇"), "本机不填报长铺镇，只填报：瓦屋塘镇（430527106）"),
        (("forms", "--out", "x", "--unit", "长铺镇"), "本机不填报长铺镇，只填报：瓦屋塘镇（430527106）"),
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
    "args",
    [
        ("nonsense",),
        ("init",),
        ("demo", "--seed", "x"),
        ("forms",),
        ("init", "--role", "king"),
        ("init", "--role", "unit"),
        ("init", "--role", "team"),
        ("init", "--role", "office", "--unit", "瓦屋塘镇"),
        ("init", "--role", "office", "--action", "1"),
        ("init", "--role", "unit", "--unit", "瓦屋塘镇", "--action", "1"),
    ],
)
def test_wrong_usage_is_exit_code_2_in_chinese(tmp_path: Path, args: tuple[str, ...]) -> None:
    result = run(tmp_path, *args)
    assert result.exit_code == 2
    assert not (tmp_path / "qingdan.db").exists()
    words = [w for w in ("Usage", "Error", "Missing", "Invalid", "Try ", "No such") if w in result.stderr]
    assert words == []


def test_help_is_in_chinese(tmp_path: Path) -> None:
    told = run(tmp_path, "--help").stdout
    assert [w for w in ("Usage", "Options", "Commands", "Show") if w in told] == []


def test_without_a_workspace_the_message_says_how_to_begin(tmp_path: Path) -> None:
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


def test_a_backup_that_cannot_be_written_says_why_in_chinese(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    unwritable = Path("/proc") if Path("/proc").is_dir() else tmp_path / "file" / "b"  # even an administrator
    told = run(folder, "backup", "--out", str(unwritable))
    assert told.exit_code == 1
    assert told.stderr.startswith("备份没有做成（")
    assert "unable" not in told.stderr


def test_an_empty_folder_name_is_not_the_current_folder(folder: Path, tmp_path: Path) -> None:
    before = sorted(p.name for p in Path.cwd().iterdir())
    assert run(folder, "forms", "--out", "").exit_code == 2
    assert sorted(p.name for p in Path.cwd().iterdir()) == before


def test_a_unit_named_twice_is_written_once(folder: Path, tmp_path: Path) -> None:
    args = ("--unit", "瓦屋塘镇", "--unit", "430527106", "--form", "cover", "--format", "pdf")
    assert "已生成1个文件" in run(folder, "forms", "--out", str(tmp_path / "o"), *args).stdout


def test_a_file_where_a_folder_should_be_is_reported_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run(tmp_path / "file" / "sub", "init", "--role", "office")
    assert result.exit_code == 1
    assert "路径里有一段不是文件夹" in result.stderr
    assert (tmp_path / "file").read_text() == "x"


def test_a_summary_warns_of_a_unit_in_conflict(tmp_path: Path) -> None:
    assert run(tmp_path / "ws", "init", "--role", "office").exit_code == 0
    space = Workspace.open(tmp_path / "ws")
    for revision in (1, 2):  # the second knows nothing of the first
        reported(
            space, space.plan.unit("县残联"), space.plan.period("2024-10"), {}, "2024-10-20T09:00:00+08:00", revision
        )
    space.close()
    told = run(tmp_path / "ws", "summary", "--period", "2024-10", "--out", str(tmp_path / "out"))
    assert told.exit_code == 0
    assert "注意：县残联（没有计入）两版相撞，还没有选定" in told.stderr


@pytest.mark.parametrize("name", ["名" * 300, "{parent}/在文件里.qd", "没有这个.qd"])
def test_a_path_that_cannot_be_is_one_sentence(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    told = run(folder, "load", str(tmp_path / name.format(parent="a.txt")))
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)
    assert "打不开（名称太长）" in told.stderr or "没有这个文件或文件夹" in told.stderr


@pytest.mark.parametrize("args", [("check",), ("restore", "x.db")])
def test_a_data_folder_that_cannot_be_is_one_sentence(tmp_path: Path, args: tuple[str, ...]) -> None:
    told = run(tmp_path / ("名" * 300), *args)
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)


def test_a_folder_without_anything_to_load_says_so(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    told = run(folder, "load", str(tmp_path / "空"))
    assert (told.exit_code, told.stderr) == (1, "没有找到可以装入的文件\n")


def test_issuing_again_wants_the_unit_named(tmp_path: Path) -> None:
    run(tmp_path / "office", "init", "--role", "office")
    told = run(tmp_path / "office", "handout", "--again", "--out", str(tmp_path / "out"))
    assert told.exit_code == 2
    assert "--unit" in told.stderr
    assert not (tmp_path / "out").exists()


def test_where_the_units_stand_is_not_for_a_unit(folder: Path) -> None:
    told = run(folder, "status")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "本机是单位填报" in told.stderr


def test_the_same_comment_twice_is_one_comment(tmp_path: Path) -> None:
    office = tmp_path / "office"
    run(office, "init", "--role", "office")
    space = Workspace.open(office)
    reported(
        space, space.plan.unit("县残联"), space.plan.period("2024-10"), {"publicity": []}, "2024-10-20T09:00:00+08:00"
    )
    space.close()
    back = ("return", "--unit", "县残联", "--period", "2024-10", "--out", str(tmp_path / "out"))
    first = run(office, *back, "--comment", "tasks::=请补报")
    assert "已退回1条意见：" in first.stdout
    second = run(office, *back, "--comment", "tasks::=请补报", "--comment", "tasks::=另一条")
    assert "已退回1条意见；1条已经退回过、单位还没有办理，没有重复添加：" in second.stdout
    space = Workspace.open(office)
    assert [
        c["text"] for c in space.store.rows("comments", "430527" + second.stdout.split("430527")[1][:3], "2024-10")
    ] == ["请补报", "另一条"]
    space.close()


def test_a_trial_load_says_what_could_be_loaded_each_package_once(folder: Path, tmp_path: Path) -> None:
    run(folder, "demo", "--period", "2024-10")
    run(folder, "submit", "--period", "2024-10", "--out", str(tmp_path / "usb"))
    (sent,) = (tmp_path / "usb").glob("*.qd")
    (tmp_path / "usb" / "副本.qd").write_bytes(sent.read_bytes())
    run(tmp_path / "office", "init", "--role", "office")
    told = run(tmp_path / "office", "load", "--dry-run", "--yes=month", str(tmp_path / "usb")).stdout
    assert (told.count(": 可以装入："), told.count("无变化：重复，无变化"), "已装入：" in told) == (1, 1, False)
    assert told.splitlines()[-1] == "共2个：可以装入1个，无变化1个"


def zipped(path: Path, *members: tuple[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as book:
        for name, text in members:
            book.writestr(name, text)


def test_what_is_no_file_of_ours_is_one_sentence_with_the_way_out(folder: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    bag.mkdir()
    zipped(bag / "a.zip")
    ods = "application/vnd.oasis.opendocument.spreadsheet"
    zipped(bag / "b.ods", ("mimetype", ods), ("content.xml", "<x/>"), ("styles.xml", "<x/>"))
    (bag / "c.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
    (bag / "d.7z").write_bytes(b"7z\xbc\xaf\x27\x1c\x00\x04")
    (bag / "e.eml").write_text("From: a@b.example\nMIME-Version: 1.0\n\nhello\n")
    lines = run(folder, "load", str(bag)).stderr.splitlines()
    assert [line.count("没有装入") for line in lines] == [1] * 5
    words = ["压缩包里没有文件", "另存为“Excel 工作簿（.xlsx）”", "请先解压", "请先解压", "邮件里没有附件"]
    assert [word in line for word, line in zip(words, lines, strict=True)] == [True] * 5


def test_sample_data_are_called_so_where_the_county_loads_them(folder: Path, tmp_path: Path) -> None:
    run(folder, "demo", "--period", "2024-10")
    run(folder, "submit", "--out", str(tmp_path / "usb"))
    run(tmp_path / "office", "init", "--role", "office")
    assert "；示例数据" in run(tmp_path / "office", "load", "--yes=month", str(tmp_path / "usb")).stdout
