"""Files that earlier versions wrote are read by this one: each folder of golden/ is a county, a unit's month and answers.

A new format gets a folder of its own; none is ever taken away or made anew. All of it is sample data.
"""

import gzip
from pathlib import Path

import pytest

from models.attachments import content
from models.ledger.submission_status import submission_status
from models.workspace import Workspace
from tests.travel import PERIOD, Desk

GOLDEN = [Path(__file__).parent / "fmt1"]
A = "瓦屋塘镇"


@pytest.mark.parametrize("folder", GOLDEN, ids=[f.name for f in GOLDEN])
def test_what_was_written_then_is_read_now(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "county").mkdir()
    (tmp_path / "county" / "qingdan.db").write_bytes(gzip.decompress((folder / "county.db.gz").read_bytes()))
    county = Desk(tmp_path / "county", Workspace.open(tmp_path / "county"))
    (found,) = county.load(folder / "submission.qd")
    assert (found.result, found.revision, found.period) == ("accepted", 1, PERIOD)
    assert len(county.lines(A)["tasks"]) == 29
    named = next(a for a in county.cell("tasks", 1, "evidence", A) if a.sha256)
    assert (named.name, content(county.folder, named)) == ("纪要.pdf", b"%PDF-1.4 golden")
    pc = Desk(tmp_path / "pc")
    assert pc.results(folder / "handout.qd", folder / "submission.qd") == ["accepted", "accepted"]
    assert pc.lines(A) == county.lines(A)
    assert pc.results(folder / "receipt.qd", folder / "return.qd") == ["accepted", "accepted"]
    now = submission_status(pc.work, pc.work.units[0].code, pc.work.plan.period(PERIOD))
    assert (now.state, [c["text"] for c in now.open]) == ("returned", ["请写具体数字"])
    pc.write("tasks", 3, "progress", "本期完成12处，完成投资20万元。")
    assert county.results(pc.submit()) == ["accepted"]
    county.close()
    pc.close()
