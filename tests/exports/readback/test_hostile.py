"""Hostile and broken workbooks: each gets one Chinese sentence, and nothing in the store changes."""

import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path
from random import Random

import pytest

from exports.excel.workbook import write_workbook
from exports.incoming.load import load
from exports.package.keyring import Keyring
from exports.readback.raw_cells import open_worksheets
from exports.readback.sandbox import OVER, Sandbox
from exports.readback.zip_guard import guard
from exports.sheets.unit_sheets import unit_book
from models.errors import sentence
from models.refusals import INCOMPLETE, Refused
from models.workspace import Workspace
from tests.effort import HANG, cases, dice
from tests.exports.readback.hostile import MUTATIONS, SHEET, corpus, packed, parts_of

CHINESE = re.compile(r"[一-鿿]{6}")
UNHARMED = {"炸弹 套娃", "表指向自己", "缺 _rels_.rels"}  # nothing of it is opened, or it reads as it was


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


@pytest.fixture
def pc(new_space: Callable[..., Workspace]) -> Workspace:
    space = new_space("瓦屋塘镇")
    space.set({"current": "2024-10"})
    return space


def honest(space: Workspace, folder: Path) -> bytes:
    path = folder / "honest.xlsx"
    write_workbook(path, unit_book(space, space.units[0], space.period, space.forms))
    return path.read_bytes()


def everything(space: Workspace) -> list[str]:
    assert Keyring(space).identities  # keys are made when first asked for
    return list(space.store.db.conn.iterdump())


def test_each_hostile_workbook_is_answered_and_changes_nothing(pc: Workspace, tmp_path: Path) -> None:
    made = corpus(honest(pc, tmp_path))
    assert len(made) >= 60
    folder, before = tmp_path / "hostile", everything(pc)
    folder.mkdir()
    for name, data in made.items():
        (folder / f"{name.replace('/', '_')}.xlsx").write_bytes(data)
    found = load(pc.folder, pc, [folder])[1]
    taken = {Path(a.path).stem: a.message for a in found if a.result != "refused"}
    assert taken == dict.fromkeys(UNHARMED, "与本机内容相同")
    assert [a for a in found if not CHINESE.search(a.message) or "Error" in a.message] == []
    assert {Path(a.path.split(".xlsx")[0]).name for a in found} == {n.replace("/", "_") for n in made}
    assert everything(pc) == before


def mutants(data: bytes, count: int, hand: Random) -> Iterator[bytes]:
    """The file, or one part of it, with a few bytes changed."""
    parts = parts_of(data)
    for n in range(count):
        name = hand.choice(sorted(parts)) if n % 2 else ""
        content = bytearray(parts[name] if name else data)
        for _ in range(hand.randint(1, 4)):
            if content:
                hand.choice(MUTATIONS)(content, hand.randrange(len(content)), hand.randrange(256))
        yield packed(parts | {name: bytes(content)}) if name else bytes(content)


@pytest.mark.torture
def test_broken_workbooks_are_refused_or_read_and_nothing_else(pc: Workspace, tmp_path: Path, sandbox: Sandbox) -> None:
    data, said = honest(pc, tmp_path), set()
    for mutant in mutants(data, cases(60, 5_000), dice()):
        try:
            open_worksheets(mutant, sandbox)
        except Refused as why:
            said.add(str(why))
    assert sentence(INCOMPLETE) in said
    assert sentence(OVER) not in said
    assert all(CHINESE.search(s) for s in said)


@pytest.mark.torture
def test_every_cut_is_refused(pc: Workspace, tmp_path: Path) -> None:
    data = honest(pc, tmp_path)
    others = dice().sample(range(len(data)), min(len(data), cases(0, len(data))))
    for length in [*range(0, len(data), 997), *others]:
        with pytest.raises(Refused):
            guard(data[:length])


def test_a_job_that_hangs_or_bursts_is_ended_and_the_next_is_done() -> None:
    with Sandbox(seconds=HANG) as sandbox:
        assert sandbox.do(sum, [1, 2]) == 3
        for job, seconds in (((sum, repeat(0)), 0.1), ((bytes, 4 << 30), HANG)):
            sandbox.seconds = seconds  # it hangs, or bursts, however long one waits
            with pytest.raises(Refused, match="时间或内存"):
                sandbox.do(*job)
        assert sandbox.do(sum, [1, 2]) == 3


def test_text_like_markup_in_a_cell_is_no_danger(pc: Workspace, tmp_path: Path, sandbox: Sandbox) -> None:
    parts = parts_of(honest(pc, tmp_path))
    cell = b'<row r="900"><c r="B900" t="inlineStr"><is><t>&lt;!DOCTYPE a&gt;</t></is></c></row></sheetData>'
    data = packed(parts | {SHEET: parts[SHEET].replace(b"</sheetData>", cell)})
    assert "<!DOCTYPE a>" in {page.text(900, 2) for page in open_worksheets(data, sandbox)}


def test_a_zip_of_zips_is_answered_before_it_fills_the_memory(pc: Workspace, tmp_path: Path) -> None:
    """Each is a few hundred kilobytes and holds terabytes."""
    inner = packed({f"{n}.bin": bytes(25 << 20) for n in range(3)})
    for _ in range(2):
        inner = packed({f"{n}.zip": inner for n in range(40)})
    path = tmp_path / "套娃.zip"
    path.write_bytes(inner)
    found = load(pc.folder, pc, [path])[1]
    assert {a.result for a in found} == {"refused"}
    assert any("太多或太大" in a.message for a in found)


def test_a_workbook_stored_uncompressed_in_a_zip_is_recognised(pc: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "打包.zip"
    path.write_bytes(packed({"十月.xlsx": honest(pc, tmp_path)}, zipfile.ZIP_STORED))
    found = load(pc.folder, pc, [path])[1]
    assert [(a.path, a.result) for a in found] == [(f"{path}/十月.xlsx", "unchanged")]
