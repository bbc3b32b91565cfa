"""What README and the documents state is what the program says: figures, commands, options, versions."""

import json
import re
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import dev
from exports.outgoing.submission import name_of
from exports.package.keyring import Keyring
from forms.problem import LEVELS
from main import program
from models.store.data_folder import FILE, LEAST_WINDOWS, MOVED, PORTABLE
from models.workspace import Workspace

README, CHANGELOG, CONTRIBUTING = (dev.ROOT / n for n in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md"))
WINDOWS = dev.ROOT / "docs" / "windows.md"
MAKING = dev.ROOT / ".ci" / "windows"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def table(path: Path, heading: str) -> list[list[str]]:
    """The rows of the first table after a heading, cell by cell."""
    after = text(path).split(heading, 1)[1]
    block = re.search(r"(?:^\|.*\n)+", after, re.MULTILINE)
    assert block, heading
    return [[c.strip() for c in line.strip("|").split("|")] for line in block[0].splitlines()[2:]]


def commands() -> dict[str, click.Command]:
    context = click.Context(program)
    found = {name: program.get_command(context, name) for name in program.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def test_the_size_of_the_plan_is_what_plan_prints(tmp_path: Path) -> None:
    said = CliRunner().invoke(program, ["--data", str(tmp_path), "plan", "--json"]).stdout
    plan = json.loads(said)
    words = {
        "actions": "个行动",
        "indicators": "个指标",
        "tasks": "项重点任务",
        "units": "个责任单位",
        "periods": "个调度期",
    }
    counts = {name: re.findall(rf"(\d+) {word}", text(CHANGELOG)) for name, word in words.items()}
    assert counts == {name: [str(len(plan[name]))] for name in words}


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    told = [name for row in table(README, "## 命令行") for name in re.findall(r"`([a-z]+)", row[0])]
    assert sorted(told) == sorted(commands())


def test_every_documented_option_belongs_to_its_command() -> None:
    known = {name: {o for p in command.params for o in p.opts} for name, command in commands().items()}
    wrong = []
    for row in table(README, "## 命令行"):
        for call in re.findall(r"`([a-z]+[^`]*)`", row[0]):
            name = call.split()[0]
            wrong += [(name, o) for o in re.findall(r"--[a-z-]+", call) if o not in known[name]]
    assert wrong == []


def test_the_jobs_of_a_developer_are_those_of_dev_py() -> None:
    told = [re.findall(r"dev\.py (\w+)", row[0])[0] for row in table(CONTRIBUTING, "## 命令")]
    assert sorted(told) == sorted(dev.JOBS)


@pytest.mark.parametrize("path", [README, CONTRIBUTING])
def test_the_versions_of_python_are_those_that_are_let_in(path: Path) -> None:
    low, high = dev.PYTHONS
    versions = [f"{low[0]}.{minor}" for minor in range(low[1], high[1])]
    assert f"Python {'、'.join(versions[:-1])} 或 {versions[-1]}" in text(path)
    asked = tomllib.loads(text(dev.ROOT / "pyproject.toml"))["project"]["requires-python"]
    assert asked == f">={low[0]}.{low[1]},<{high[0]}.{high[1]}"
    assert low <= sys.version_info[:2] < high


def test_a_recovery_key_is_as_long_as_documented(tmp_path: Path) -> None:
    told = re.search(r"开头的 (\d+) 个字符，从 `([A-Z0-9-]+)` 起", text(README))
    space = Workspace.create(tmp_path / "office", "office")
    keys = Keyring(space).identities
    space.close()
    assert told
    assert [(str(len(k)), k.startswith(told[2])) for k in keys] == [(told[1], True)] * len(keys)
    assert keys


def test_a_submission_is_called_as_in_the_example() -> None:
    (told,) = set(re.findall(r"\S+_r\d+_\S+\.qd", text(README)))
    assert told == name_of("430527106", "2024-10", 3, "1a2b3c4d" * 8)


def test_the_levels_of_the_check_are_those_of_the_forms() -> None:
    assert "、".join(f"{name}（{level}）" for level, name in LEVELS.items()) in text(README)


def test_the_windows_folder_may_be_as_large_as_documented() -> None:
    budget = re.search(r'"文件夹": (\d+)', text(MAKING / "make.py"))
    assert budget
    assert f"文件夹不超过 {budget[1]} MB" in text(CHANGELOG)


def test_the_settings_of_signing_are_those_that_are_read() -> None:
    source = text(MAKING / "sign.py")
    options = re.search(r"OPTIONS = \{(.*?)\}", source, re.DOTALL)
    assert options
    read = {f"QINGDAN_SIGN_{key}" for key in re.findall(r'"([A-Z0-9]+)"\s*:', options[1])}
    read |= set(re.findall(r'"(QINGDAN_SIGN_[A-Z0-9]+)"', source))
    told = set(re.findall(r"QINGDAN_SIGN_[A-Z0-9]+", text(WINDOWS)))
    assert told == read


def test_the_window_library_is_the_documented_one() -> None:
    wanted = tomllib.loads(text(dev.ROOT / "pyproject.toml"))["project"]["dependencies"]
    (pin,) = [d.split("==")[1] for d in wanted if d.startswith("PySide6")]
    assert f"| x86-64（兆芯、海光） | {pin} |" in text(WINDOWS)


def test_old_windows_and_the_places_of_the_data_are_as_documented() -> None:
    told = text(WINDOWS)
    assert "1809 版" in told
    assert LEAST_WINDOWS == (10, 0, 17763)  # the build of 1809
    assert "SetErrorLevel 3" in text(MAKING / "setup.nsi")
    assert "什么也不装（退出码 3）" in told
    assert all(f"“{name}”" in told for name in (PORTABLE, MOVED, "数据"))
    assert FILE.removesuffix(".db") == "qingdan"
    assert ".cache/qingdan-windows" in told
    assert all(word in text(MAKING / "wine.py") for word in ("QINGDAN_CACHE", "qingdan-windows"))
