"""Files of 0.2 open with the program of today and hold what they held; the program of 0.2 itself still runs."""

import io
import json
import shutil
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from main import program
from models.workspace import Workspace
from tests.golden.frozen import HERE, run

FILES = HERE / "v0_2"
OCTOBER = "2024-10"
TOWN, BUREAU, TORN, ZERO, OPEN = "430527106", "430527507", "430527520", "430527537", "430527510"


@cache
def contents() -> Any:
    """What the program of 0.2 itself read: "office", "unit" … → role, lines, status; "loads" → store/file → its answer."""
    with zipfile.ZipFile(FILES / "contents.zip") as zipped:
        return json.loads(zipped.read("contents.json"))


def unpack(store: str, folder: Path) -> Path:
    """The data folder of a workspace as 0.2 left it, in `folder`/本机; none is made for "new"."""
    with zipfile.ZipFile(FILES / "stores.zip") as zipped:
        for name in zipped.namelist():
            if name.startswith(f"{store}/"):
                path = folder / "本机" / name.split("/", 1)[1]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(zipped.read(name))
    return folder / "本机"


def bring(name: str, folder: Path) -> str:
    """A golden file put where 0.2 found it; gives its path in `folder`, as it was written then."""
    (folder / "golden").mkdir()
    shutil.copy(FILES / name, folder / "golden" / name)
    return f"golden/{name}"


def command(folder: Path, *arguments: str) -> tuple[int, str]:
    """A command of today's program on a data folder: its exit code and what it printed."""
    told = CliRunner().invoke(program, ["--data", str(folder), *arguments])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exc_info
    return told.exit_code, told.stdout


def lines(folder: Path, store: str) -> dict[str, Any]:
    """Every line that 0.2 found in this store, as today's program has it: canonical texts of the fields of then."""
    space = Workspace.open(folder)
    try:
        return {key: _lines(space, key, then) for key, then in contents()[store]["lines"].items()}
    finally:
        space.close()


def _lines(space: Workspace, key: str, then: Any) -> Any:
    unit, period, name = key.split("/")
    if name == "statements":
        return space.statements(unit, period)
    form = space.form(name)
    rows = {r["line"]: r for r in space.store.rows(name, unit, period)}
    named = {line["line"]: [n for n in line if n != "line"] for line in then}
    return [{"line": i, **{n: form.field(n).kind.write(r.get(n)) for n in named.get(i, ())}} for i, r in rows.items()]


STORES = [n for n, told in contents().items() if isinstance(told, dict) and "lines" in told]
LOADS = sorted(contents()["loads"])
FROZEN_LOADS = (  # one of each kind, and one of each refusal
    "new/handout_first.qd",
    "new/submission.qd",
    "office/submission_papers.qd",
    "office/submission_second.qd",
    "office/plan.xlsx",
    "unit_receipt/workbook.xlsx",
    "unit_settled/receipt_settled.qd",
    "team/team_handout.qd",
    "team/submission_open.qd",
)
KEPT = ("kind", "unit", "period", "revision", "result")  # of an answer: the words may be better today


@pytest.mark.parametrize("store", STORES)
def test_store_of_0_2_holds_every_line(store: str, tmp_path: Path) -> None:
    folder, then = unpack(store, tmp_path), contents()[store]
    assert lines(folder, store) == then["lines"]
    assert sum(len(x) for x in then["lines"].values() if isinstance(x, list)) > 40
    space = Workspace.open(folder)
    assert (space.role, space.period.id, space.plan.version) == (then["role"], OCTOBER, "2024.2")
    space.close()
    code, said = command(folder, "verify")
    assert code == 0, said


@pytest.mark.parametrize(("store", "period"), [("office", OCTOBER), ("office", "2024-09"), ("team", OCTOBER)])
def test_status_of_0_2_is_the_status_of_today(store: str, period: str, tmp_path: Path) -> None:
    _code, said = command(unpack(store, tmp_path), "status", "--json", "--period", period)
    now = {u["code"]: u for u in json.loads(said)["units"]}
    then = contents()[store]["status"][period]["units"]
    assert [{n: now[u["code"]][n] for n in u} for u in then] == then


def test_office_of_0_2_has_its_states_corrections_and_returns(tmp_path: Path) -> None:
    folder = unpack("office", tmp_path)
    _code, said = command(folder, "status", "--json", "--period", OCTOBER)
    states = {u["code"]: (u["state"], u["revision"], u["verified"]) for u in json.loads(said)["units"]}
    assert states[TOWN] == ("returned", 1, True)
    assert states[BUREAU] == ("submitted", 1, True)
    assert states[TORN] == ("conflict", 0, True)
    assert states[ZERO] == ("zero", 1, True)
    assert states[OPEN] == ("returned", 1, False)
    space = Workspace.open(folder)
    (correction,) = space.store.rows("overrides", BUREAU, OCTOBER)
    assert (correction["field"], correction["before"], correction["value"]) == ("percent", "70.0", "61.0")
    comments = space.store.rows("comments", TOWN, OCTOBER)
    assert [(c["row"], c["field"], c["text"]) for c in comments] == [
        (2, "progress", "请写具体数字"),
        (1, "progress", "请补充"),
    ]
    assert space.is_closed("2024-09")
    evidence = space.store.rows("tasks", TOWN, OCTOBER)[0]["evidence"]
    assert [a.name for a in evidence] == ["示例纪要.pdf"]
    assert space.store.rows("tasks", TOWN, OCTOBER)[1]["progress"] == "示例：0.2版填写的进展"
    space.close()


@pytest.mark.parametrize("name", LOADS)
def test_file_of_0_2_is_taken_in_as_it_was_then(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, file = name.split("/")
    monkeypatch.chdir(tmp_path)
    path, folder = bring(file, tmp_path), unpack(store, tmp_path)
    code, said = command(folder, "load", "--json", path)
    then_code, then, _errors = contents()["loads"][name]
    assert [{k: x[k] for k in KEPT} for x in json.loads(said)] == [{k: x[k] for k in KEPT} for x in then]
    assert code == then_code


def test_second_revision_of_0_2_brings_its_cells_and_answers(tmp_path: Path) -> None:
    folder = unpack("office", tmp_path)
    assert command(folder, "load", str(FILES / "submission_second.qd"))[0] == 0
    space = Workspace.open(folder)
    first, second = space.store.rows("tasks", TOWN, OCTOBER)[:2]
    assert first["progress"] == "示例：第2版的进展"
    assert second["progress"] == "示例：退回后改成本期新建2处，累计12处"
    assert [c["state"] for c in space.store.rows("comments", TOWN, OCTOBER)] == ["changed", "changed"]
    space.close()


def test_workbooks_of_0_2_bring_what_was_typed(tmp_path: Path) -> None:
    folder = unpack("unit_receipt", tmp_path)
    assert command(folder, "load", str(FILES / "workbook.xlsx"))[0] == 0
    space = Workspace.open(folder)
    tasks, projects = (space.store.rows(n, BUREAU, OCTOBER) for n in ("tasks", "projects"))
    assert tasks[0]["progress"] == "示例：在工作簿里改的进展"
    assert tasks[1]["percent"] == 80
    assert tasks[2]["progress"] == "=不是公式"
    assert projects[0]["place"] == "示例地点"
    space.close()


def test_plan_workbook_of_0_2_comes_into_force(tmp_path: Path) -> None:
    folder = unpack("office", tmp_path)
    assert command(folder, "load", str(FILES / "plan.xlsx"))[0] == 0
    code, said = command(folder, "plan", "--json")
    assert code == 0
    assert "示例：在方案工作簿里改的目标" in said
    assert "示例：改过的年度目标" in said


def test_hand_out_of_0_2_begins_a_unit(tmp_path: Path) -> None:
    folder = tmp_path / "本机"
    assert command(folder, "load", str(FILES / "handout_first.qd"))[0] == 0
    space = Workspace.open(folder)
    assert ([u.code for u in space.units], space.period.id) == ([TOWN], "2024-09")
    assert len(space.context(TOWN, space.period).rows["tasks"]) == 29
    space.close()


def test_backup_of_0_2_is_restored(tmp_path: Path) -> None:
    with zipfile.ZipFile(FILES / "stores.zip") as zipped:
        (tmp_path / "backup.db").write_bytes(zipped.read("backup.db"))
    folder = tmp_path / "本机"
    code, said = command(folder, "restore", str(tmp_path / "backup.db"))
    assert code == 0, said
    assert lines(folder, "office") == contents()["office"]["lines"]


## the program of 0.2 itself


def test_frozen_program_says_its_version_and_makes_a_month(tmp_path: Path) -> None:
    def done(folder: str, *arguments: str | Path) -> str:
        told = run("v0_2", "--data", folder, *arguments, cwd=tmp_path)
        assert told.returncode == 0, told.stderr
        return told.stdout

    done("county", "init", "--role", "office")
    done("county", "handout", "--unit", TOWN, "--out", "stick")
    (file,) = (tmp_path / "stick").iterdir()
    assert "任务包已装入" in done("unit", "load", file)
    done("unit", "demo", "--period", OCTOBER)
    assert "第1版（已加密" in done("unit", "submit", "--out", "sent")
    (file,) = (tmp_path / "sent").iterdir()
    assert "第1版已装入" in done("county", "load", file)
    states = json.loads(done("county", "status", "--json", "--period", OCTOBER))["units"]
    assert [(u["code"], u["revision"]) for u in states if u["state"] != "missing"] == [(TOWN, 1)]


@pytest.mark.parametrize("name", FROZEN_LOADS)
def test_frozen_program_answers_as_recorded(name: str, tmp_path: Path) -> None:
    store, file = name.split("/")
    path = bring(file, tmp_path)
    unpack(store, tmp_path)
    told = run("v0_2", "--data", "本机", "load", "--json", path, cwd=tmp_path)
    assert [told.returncode, json.loads(told.stdout), told.stderr] == contents()["loads"][name]


def test_frozen_program_holds_no_window_and_no_fonts() -> None:
    with zipfile.ZipFile(io.BytesIO((FILES / "program.zip").read_bytes())) as zipped:
        rooms = {n.split("/")[0] for n in zipped.namelist()}
        assert rooms == {"main.py", "forms", "models", "exports", "resources"}
        assert not [n for n in zipped.namelist() if n.endswith((".ttf", ".pyc"))]
        assert 'PROGRAM = "0.2.0"' in zipped.read("models/version.py").decode()
