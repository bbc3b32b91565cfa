"""Many books at once are made by several processes: whatever a declaration holds must reach them."""

from pathlib import Path

from exports.batch import FEW, write
from exports.form_jobs import jobs
from models.workspace import Workspace


def test_two_processes_write_the_workbooks_of_many_units(tmp_path: Path) -> None:
    county = Workspace.create(tmp_path / "county", "office")
    codes = [u.code for u in county.units[: 2 * FEW]]
    counted: list[int] = []
    made = write(jobs(county, tmp_path / "out", codes, formats=("xlsx",), blank=True), counted.append)
    assert (len(made), len(counted)) == (len(codes), len(codes))
    assert all(path.stat().st_size > 1000 for path in made)
    county.close()
