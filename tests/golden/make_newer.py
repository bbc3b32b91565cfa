"""Writes the golden files of a newer program again: python3 -m tests.golden.make_newer. Only for a new folder; what is
there is never written over.
"""

import gzip
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.newer import ROOT, fill_newer, newer_program, run

OUT, UNIT, PERIOD = Path(__file__).parent / "newer", "瓦屋塘镇", "2024-10"
FEEDBACK = Path(__file__).parent / "newer_feedback"
MONTH = ("--yes=month",)  # the office may be in another month than PERIOD
OPENED = """
from pathlib import Path
from models.workspace import Workspace
from models.reporting.sample import fill
from models.store.change import Change
from exports.incoming.conflicts import decide
from exports.outgoing.handout import receipt, send_back
from exports.outgoing.submission import submission
from models.ledger.ledger import Ledger

space = Workspace.open(Path({folder!r}))
unit, period = space.plan.unit({unit!r}), space.plan.period({period!r})
space.set({{"current": period.id, "person": "示例"}})
"""
FILL = OPENED + "fill(space, period, 1)\n"
NOTE = (
    OPENED
    + """
pieces = space.report(space.form("publicity"), space.context(unit.code, period))
space.apply(pieces.set(pieces.rows[0]["id"], {{"author": "示例乙"}}), "填写")
"""
)
READ = (
    OPENED
    + """
pieces = space.report(space.form("publicity"), space.context(unit.code, period))
space.apply(pieces.set(pieces.rows[0]["id"], {{"reads": "1万+"}}), "填写")
"""
)
SUBMIT = (
    OPENED
    + "Path({folder!r}, 'sent.qd').write_bytes(submission(space, unit, period, papers=False, checked=False).data)\n"
)
ANSWER = (
    OPENED
    + """
send_back(space, unit, period, [("tasks", 1, "progress", "请写具体")])
[comment] = space.store.rows("comments", unit.code, period.id)
space.apply([Change("comments", comment["id"], {{"reply_by": None}}, {{"reply_by": "10月31日"}})], "退回")
made = send_back(space, unit, period, [("tasks", 2, "progress", "请写数字")])
Path({folder!r}, "return.qd").write_bytes(made.data)
heads = Ledger(space.store).standing(unit.code, period.id).heads
decide(space, unit.code, period.id, next(h.id for h in heads if h.about.get("phone")))
Path({folder!r}, "receipt.qd").write_bytes(receipt(space, unit).data)
"""
)


def must(program: Path, *arguments: str | Path, code: str = "") -> None:
    """Run a command or a piece of code; its failure is the end."""
    done = run(program, *arguments, code=code)
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
        must(newer, "--data", office, "load", folder / "stick", *MONTH)
        must(newer, "--data", office, "handout", "--out", folder / "again", "--unit", UNIT, "--again")
        (OUT / "handout.qd").write_bytes(next(p for p in (folder / "again").rglob("*任务包*.qd")).read_bytes())


def make_feedback() -> None:
    """The office of today's program before anything came, and the newer program's first submission to it; the unit of
    today's program after its second submission; a receipt, a return and a hand-out of the newer office, which decided against that
    submission, for what another computer of the unit sent with the newer program.
    """
    FEEDBACK.mkdir()
    with TemporaryDirectory() as name:
        folder = Path(name)
        newer, office = newer_program(folder / "program"), folder / "office"
        old, other = folder / "old", folder / "other"
        must(ROOT, "--data", office, "init", "--role", "office")
        must(ROOT, "--data", office, "handout", "--out", folder / "out", "--unit", UNIT)
        (FEEDBACK / "county.db.gz").write_bytes(gzip.compress((office / "qingdan.db").read_bytes(), mtime=0))
        must(ROOT, "--data", old, "load", folder / "out")
        at = {"unit": UNIT, "period": PERIOD}
        must(newer, "--data", folder / "first", "load", folder / "out")
        for place, program in ((folder / "first", newer), (old, ROOT)):
            must(program, code=FILL.format(folder=str(place), **at))
            must(program, code=SUBMIT.format(folder=str(place), **at))
        (FEEDBACK / "submission.qd").write_bytes((folder / "first" / "sent.qd").read_bytes())
        must(newer, "--data", office, "load", old / "sent.qd", *MONTH)
        must(newer, "--data", office, "handout", "--out", folder / "2", "--unit", UNIT)
        must(newer, "--data", other, "load", folder / "out")
        must(newer, "--data", other, "load", folder / "2")
        for place, program, change in ((old, ROOT, NOTE), (other, newer, READ)):
            must(program, code=change.format(folder=str(place), **at))
            must(program, code=SUBMIT.format(folder=str(place), **at))
        (FEEDBACK / "unit.db.gz").write_bytes(gzip.compress((old / "qingdan.db").read_bytes(), mtime=0))
        run(
            newer, "--data", office, "load", old / "sent.qd", other / "sent.qd", *MONTH
        )  # in conflict, so its exit code is 1
        must(newer, code=ANSWER.format(folder=str(office), **at))
        for file in ("receipt.qd", "return.qd"):
            (FEEDBACK / file).write_bytes((office / file).read_bytes())
        must(newer, "--data", office, "handout", "--out", folder / "again", "--unit", UNIT, "--again")
        (FEEDBACK / "handout.qd").write_bytes(next(p for p in (folder / "again").rglob("*任务包*.qd")).read_bytes())


if __name__ == "__main__":
    for write, place in ((make, OUT), (make_feedback, FEEDBACK)):
        if not place.exists():
            write()
        for path in sorted(place.iterdir()):
            print(path.name, path.stat().st_size)
