"""没有装入 means that nothing changed: whatever a signed manifest says, a file is taken in whole or not at all."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from exports.incoming.load import steps
from exports.incoming.work_team import card
from exports.package.container import PackageFile, read, write_zip
from exports.package.envelope import seal
from exports.package.keyring import Keyring
from exports.package.records_csv import write_lines
from models.store.data_folder import FILE
from models.workspace import Workspace
from tests.travel import Desk

UNIT = "瓦屋塘镇"
GONE = object()  # the key is not there at all
JUNK: tuple[Any, ...] = (GONE, None, -1, "词", [1], [None, "词"], {"词": 1})
NOTED = ("arrivals",)  # the office notes in its inbox that a file was refused


class Pair:
    """An office and a unit's computer that know each other, and a file of each kind on its way."""

    def __init__(self, folder: Path) -> None:
        self.county, self.pc = Desk.county(folder / "county"), Desk(folder / "pc")
        self.first = self.county.hand_out(UNIT)
        self.pc.load(self.first)
        self.pc.fill()
        self.county.load(self.pc.submit())
        self.files = {"return": self.county.send_back(UNIT, ("tasks", 1, "progress", "请写具体"))}
        self.pc.write("tasks", 2, "progress", "又推进了一步")
        self.files["submission"] = self.pc.submit()
        self.files["receipt"] = self.county.receipt(UNIT)
        self.files["handout"] = self.county.hand_out(UNIT)
        self.team = Workspace.create(folder / "team", "team", action="CY")
        self.files["team"] = folder / "card.qd"
        self.files["team"].write_bytes(card(self.team).data)

    def to(self, kind: str) -> Desk:
        """Who loads a file of this kind."""
        return self.county if kind in ("submission", "team") else self.pc

    def parcel(self, kind: str) -> PackageFile:
        return read(self.files[kind].read_bytes(), Keyring(self.to(kind).work).identities)

    def changed_block(self, kind: str, name: str, value: Any) -> bytes:
        """The file with another word in its manifest, rightly signed by who made it."""
        parcel = self.parcel(kind)
        block = {n: v for n, v in {**parcel.manifest.block(), name: value}.items() if v is not GONE}
        ring = Keyring({"submission": self.pc.work, "team": self.team}.get(kind, self.county.work))
        to = {"submission": ring.to_county, "team": ()}.get(kind) or ()
        to = to if kind in ("submission", "team") else ring.to_unit(str(parcel.manifest.unit))
        return seal(write_zip(block, dict(parcel.members)), ring.signer, to)

    def close(self) -> None:
        self.county.close()
        self.pc.close()
        self.team.close()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.close()


def kept(space: Workspace) -> tuple[object, ...]:
    """Everything that a workspace holds: rows of every table, files, and the plan in force."""
    names = [r[0] for r in space.store.conn.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
    rows = {n: space.store.conn.execute(f"SELECT * FROM [{n}]").fetchall() for n in names if n not in NOTED}
    files = {
        str(p.relative_to(space.folder)): p.stat().st_size
        for place in ("received", "attachments", "outbox")
        for p in sorted((space.folder / place).rglob("*"))
    }
    return rows, files, space.plan.digest, [f.title for f in space.forms]


def load_one(desk: Desk, path: Path) -> str:
    [(_, arrival)] = list(steps(desk.folder, desk.work, [path]))
    return arrival.result


@pytest.mark.parametrize("kind", ["submission", "team", "handout", "receipt", "return"])
def test_a_refused_file_changed_nothing(pair: Pair, tmp_path: Path, kind: str) -> None:
    desk, path, refused = pair.to(kind), tmp_path / "file.qd", 0
    for name in sorted(pair.parcel(kind).manifest.block()):
        for value in JUNK:
            try:
                path.write_bytes(pair.changed_block(kind, name, value))
            except (KeyError, TypeError, AttributeError):
                continue  # not even a manifest
            before = kept(desk.work)
            if load_one(desk, path) == "refused":
                refused += 1
                assert kept(desk.work) == before, f"{kind}: {name}={value!r}"
    assert refused > 20


@pytest.mark.parametrize("answered", [[1], [1, 2, 3], ["词"], [None, None], [{}, 1]])
def test_a_wrong_count_of_answers_counts_fully_or_not_at_all(pair: Pair, tmp_path: Path, answered: list[Any]) -> None:
    path = tmp_path / "file.qd"
    path.write_bytes(pair.changed_block("submission", "answered", answered))
    before = kept(pair.county.work)
    result = load_one(pair.county, path)
    assert (result == "accepted") == (kept(pair.county.work) != before)
    assert result in ("accepted", "refused")


@pytest.mark.parametrize(("name", "value"), [("period", "没有的"), ("signer", GONE), ("closed", 1)])
def test_a_first_hand_out_that_is_refused_begins_no_workspace(
    pair: Pair, tmp_path: Path, name: str, value: Any
) -> None:
    pair.files["handout"] = pair.first
    parcel = read(pair.first.read_bytes())
    block = {n: v for n, v in {**parcel.manifest.block(), name: value}.items() if v is not GONE}
    path = tmp_path / "first.qd"
    path.write_bytes(seal(write_zip(block, dict(parcel.members)), Keyring(pair.county.work).signer))
    desk = Desk(tmp_path / "new")
    assert desk.results(path) == ["refused"]
    assert not (desk.folder / FILE).exists()
    assert desk.space is None


def with_attachment_and_a_line_twice(pair: Pair, path: Path) -> Path:
    """The first hand-out with an attachment, and with a line that no store can take: its id is there twice."""
    parcel, content = read(pair.first.read_bytes()), b"piece of evidence"
    line = {"id": "示例", "line": "", "position": 10}
    members = {
        **parcel.members,
        f"attachments/{sha256(content).hexdigest()}": content,
        "data/2024-09/publicity.csv": write_lines(pair.pc.work.form("publicity"), [line, line]),
    }
    path.write_bytes(seal(write_zip(parcel.manifest.block(), members), Keyring(pair.county.work).signer))
    return path


def test_a_refused_hand_out_leaves_no_attachment(pair: Pair, tmp_path: Path) -> None:
    path, before = with_attachment_and_a_line_twice(pair, tmp_path / "file.qd"), kept(pair.pc.work)
    assert load_one(pair.pc, path) == "refused"
    assert kept(pair.pc.work) == before
    assert not (pair.pc.folder / "attachments").exists()


def test_a_first_hand_out_that_is_refused_leaves_no_folder(pair: Pair, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "new")
    assert desk.results(with_attachment_and_a_line_twice(pair, tmp_path / "file.qd")) == ["refused"]
    assert not desk.folder.exists()
