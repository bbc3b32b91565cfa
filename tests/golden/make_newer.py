"""Writes the golden files of a newer program again: python3 -m tests.golden.make_newer. Only for a new folder; what is
there is never written over.
"""

import gzip
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.newer import ROOT, fill_newer, newer_program, run

OUT, UNIT, PERIOD = Path(__file__).parent / "newer", "瓦屋塘镇", "2024-10"


def must(program: Path, *arguments: str | Path) -> None:
    """Run a command; its failure is the end."""
    done = run(program, *arguments)
    if done.returncode:
        sys.exit(f"{arguments}: {done.stdout}{done.stderr}")


def make() -> None:
    """The office of today's program, before anything came; a submission and a hand-out of the newer one."""
    OUT.mkdir()
    with TemporaryDirectory() as name:
        folder = Path(name)
        newer, office, unit = newer_program(folder / "program"), folder / "office", folder / "unit"
        must(ROOT, "--data", office, "init", "--role", "office")
        must(ROOT, "--data", office, "handout", "--out", folder / "out", "--unit", UNIT)
        (OUT / "county.db.gz").write_bytes(gzip.compress((office / "qingdan.db").read_bytes(), mtime=0))
        must(newer, "--data", unit, "load", folder / "out")
        fill_newer(newer, unit, PERIOD)
        must(newer, "--data", unit, "submit", "--out", folder / "stick", "--period", PERIOD)
        (OUT / "submission.qd").write_bytes(next((folder / "stick").glob("*.qd")).read_bytes())
        must(newer, "--data", office, "load", folder / "stick")
        must(newer, "--data", office, "handout", "--out", folder / "again", "--unit", UNIT, "--again")
        (OUT / "handout.qd").write_bytes(next(p for p in (folder / "again").rglob("*任务包*.qd")).read_bytes())
    for path in sorted(OUT.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    make()
