"""The month as scripts play it, every step a start of the program: hand-out, three units, two PCs, return, receipts."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from models.ledger.submission_status import submission_status
from models.plan.reader import read_built_in
from models.workspace import Workspace

ROOT = Path(__file__).parents[1]
A, B, C = "瓦屋塘镇", "县科工局", "长铺镇"
PERIOD = "2024-10"
CODES = [read_built_in().unit(u).code for u in (A, B, C)]
HERE = ("submitted", "late")  # which of them depends on today's date


class Play:
    """Folders of the county and the PCs below one folder, and the program started on them."""

    def __init__(self, home: Path) -> None:
        self.home, self.stick = home, home / "stick"

    def run(self, who: str, *words: str | Path, code: int = 0) -> str:
        """Start the program on a folder; gives what it wrote."""
        command = [sys.executable, "main.py", "--data", str(self.home / who), *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == code, (who, words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def new(self, who: str, *words: str | Path) -> Path:
        """The one file that a command puts on the stick."""
        before = set(self.stick.glob("*"))
        self.run(who, *words, "--out", self.stick)
        [made] = set(self.stick.glob("*")) - before
        return made

    def load(self, who: str, *files: Path) -> list[str]:
        """Load files; their results."""
        return [f["result"] for f in json.loads(self.run(who, "load", "--json", "--yes=month", *files))]

    def status(self, who: str) -> dict[str, tuple[str, int]]:
        """State and revision of the three units, as the county sees them."""
        told: dict[str, Any] = json.loads(self.run(who, "status", "--period", PERIOD, "--json"))
        return {u["code"]: (u["state"], u["revision"]) for u in told["units"] if u["code"] in CODES}

    def lines(self, who: str, unit: str) -> dict[str, Any]:
        """Everything of a unit's month in somebody's store."""
        space = Workspace.open(self.home / who)
        code = space.plan.unit(unit).code
        found = {f.name: space.store.rows(f.name, code, PERIOD) for f in space.forms}
        space.close()
        return found

    def type(self, who: str, row: int, text: str) -> None:
        """What the clerk types into the progress of a task."""
        space = Workspace.open(self.home / who)
        report = space.report(space.form("tasks"), space.context(space.units[0].code, space.plan.period(PERIOD)))
        space.apply(report.set(report.rows[row - 1]["id"], {"progress": text}), "填写")
        space.close()

    def state(self, who: str) -> str:
        """What a unit's own window would say of its month."""
        space = Workspace.open(self.home / who)
        found = submission_status(space, space.units[0].code, space.plan.period(PERIOD)).state
        space.close()
        return found


@pytest.fixture
def play(tmp_path: Path) -> Play:
    return Play(tmp_path)


def test_the_month_by_commands_and_again_in_reverse_with_every_file_twice(play: Play) -> None:
    play.run("county", "init", "--role", "office")
    packs = {u: play.new("county", "handout", "--unit", u) for u in (A, B, C)}
    for who, unit in (("a1", A), ("a2", A), ("b", B), ("c", C)):
        assert play.load(who, packs[unit]) == ["accepted"]
    shutil.copytree(play.home / "county", play.home / "mirror")
    for who in ("a1", "b"):
        play.run(who, "demo", "--period", PERIOD)
    first = play.new("a1", "submit", "--period", PERIOD)
    assert play.load("a2", first) == ["accepted"]  # the second PC goes on where the first one was
    play.type("a2", 2, "第二台电脑接着填的进展情况。")
    second, third = play.new("a2", "submit", "--period", PERIOD), play.new("b", "submit", "--period", PERIOD)
    assert play.load("county", second, third, first) == ["accepted"] * 3
    assert [play.status("county")[c][1] for c in CODES] == [2, 1, 0]
    back = play.new("county", "return", "--unit", A, "--period", PERIOD, "--comment", "tasks:3:progress=请写具体数字")
    assert play.load("a2", back) == ["accepted"]
    assert "还没有办理：请写具体数字" in play.run("a2", "submit", "--period", PERIOD, "--out", play.stick, code=1)
    play.type("a2", 3, "本期完成12处，完成投资20万元。")
    fourth = play.new("a2", "submit", "--period", PERIOD)
    assert play.load("county", fourth) == ["accepted"]
    receipts = play.home / "receipts"
    play.run("county", "handout", "--unit", A, "--unit", B, "--out", receipts)
    assert play.load("a2", *sorted(receipts.glob(f"*{A}*回执*"))) == ["accepted"]
    assert play.load("b", *sorted(receipts.glob(f"*{B}*回执*"))) == ["accepted"]
    ends = agreed(play)
    # every file once more, twice, from the last to the first: nothing moves
    files = [first, second, third, fourth]
    twice = [f for f in reversed(files) for _ in range(2)]
    assert set(play.load("county", *twice)) == {"unchanged"}
    for who, unit in (("a2", A), ("b", B)):
        sent = [f for f in (*receipts.glob(f"*{unit}*"), *([back] if unit == A else [])) for _ in range(2)]
        assert set(play.load(who, *sent)) <= {"accepted", "unchanged"}  # the newer hand-out is new once
        assert set(play.load(who, *sent)) == {"unchanged"}
    assert agreed(play) == ends
    # and a county that gets all of it in reverse, every file twice, is where the first one is
    assert play.load("mirror", *twice) == ["accepted", "unchanged"] * 4
    assert {u: play.lines("mirror", u) for u in (A, B, C)} == {u: play.lines("county", u) for u in (A, B, C)}
    assert play.status("mirror") == play.status("county")


def agreed(play: Play) -> dict[str, Any]:
    """What county and units hold, once it was seen that they hold the same."""
    assert play.lines("county", A) == play.lines("a2", A)
    assert play.lines("county", B) == play.lines("b", B)
    assert [play.state(who) for who in ("a2", "b", "c")] == ["reported", "reported", "none"]
    told = play.status("county")
    assert [told[c][1] for c in CODES] == [3, 1, 0]
    assert [told[c][0] in HERE for c in CODES] == [True, True, False]
    return {"told": told, A: play.lines("county", A), B: play.lines("county", B)}
