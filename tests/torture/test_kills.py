"""A process that is killed whenever the clock says: inside one write too, where no fixed case can stand."""

import subprocess
import sys
import time
from pathlib import Path

from exports.package.container import read
from exports.package.keyring import Keyring
from models.ledger.ledger import Ledger
from models.workspace import Workspace
from tests.effort import cases, dice
from tests.travel import PERIOD, Desk

UNIT, CODE = "瓦屋塘镇", "430527106"
ROOT = Path(__file__).parents[2]
WRITER = """
import sys
sys.path.insert(0, ".")
from pathlib import Path
from types import SimpleNamespace
from exports.outgoing.write_out import write_out
data = Path(sys.argv[1]).read_bytes()
print("go", flush=True)
n = 0
while True:
    write_out(SimpleNamespace(data=data), Path(sys.argv[2]), f"{n % 3}.qd")
    n += 1
"""


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> None:
    """End a process at this moment, if it did not come to its end before."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        pass
    process.kill()
    process.communicate()


def county_and_unit(folder: Path) -> tuple[Desk, Desk]:
    county, unit = Desk.county(folder / "county"), Desk(folder / "unit")
    unit.load(county.hand_out(UNIT))
    unit.fill()
    return county, unit


def test_a_kill_while_writing_leaves_no_torn_file_under_its_name(tmp_path: Path) -> None:
    county, unit = county_and_unit(tmp_path)
    sent, stick, keys = unit.submit(), tmp_path / "u", Keyring(county.work).identities
    for n in range(cases(8, 200)):
        command = [sys.executable, "-c", WRITER, str(sent), str(stick)]
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        kill_after(writer, dice(n).uniform(0.001, 0.05))
        for path in stick.glob("*.qd"):
            assert read(path.read_bytes(), keys).kind == "submission"
    assert {a.result for a in county.load(stick)} <= {"accepted", "unchanged"}
    county.close()
    unit.close()


def test_a_kill_while_loading_keeps_only_complete_packages(tmp_path: Path) -> None:
    county, unit = county_and_unit(tmp_path)
    files = []
    for n in range(6):
        unit.write("tasks", 1, "note", f"第{n}次")
        files.append(unit.submit())
    command = [sys.executable, "main.py", "--data", str(county.folder), "load", *map(str, files)]
    for n in range(cases(5, 60)):
        county.close()
        kill_after(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE), dice(n).uniform(0.4, 1.2))
        county.space = Workspace.open(county.folder)
        counts = Ledger(county.work.store).standing(CODE, PERIOD).counts
        assert county.cell("tasks", 1, "note", UNIT) == (f"第{counts.revision - 1}次" if counts else None)
    assert {a.result for a in county.load(*files)} <= {"accepted", "unchanged"}
    assert county.lines(UNIT) == unit.lines(UNIT)
    county.close()
    unit.close()
