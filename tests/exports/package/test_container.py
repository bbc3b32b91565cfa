"""Files that travel, as strangers, bad sticks and mail programs leave them: one of five sentences, nothing changed."""

import base64
import email
import io
import json
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.package import envelope
from exports.package.container import read, read_json, write_zip
from exports.package.envelope import ARMOUR, seal
from exports.package.keyring import Keyring
from models.errors import sentence
from models.ledger.ledger import Ledger
from models.refusals import CHANGED, INCOMPLETE, NOT_FOR_OFFICE, NOT_FOR_US, STRANGER, TOO_NEW, Refused
from tests.effort import cases, dice
from tests.travel import PERIOD, Desk

A = "瓦屋塘镇"


class Pair:
    """A county, a unit's PC, and one submission between them."""

    def __init__(self, folder: Path) -> None:
        self.county, self.pc = Desk.county(folder / "county"), Desk(folder / "pc")
        self.pc.load(self.county.hand_out(A))
        self.pc.fill()
        self.file = self.pc.submit()
        self.data = self.file.read_bytes()
        self.keys = Keyring(self.county.work).identities

    @property
    def inner(self) -> bytes:
        """The inner zip of the submission."""
        return envelope.unseal(self.data, self.keys)[1]

    def manifest(self) -> dict[str, Any]:
        """The manifest's own block."""
        with zipfile.ZipFile(io.BytesIO(self.inner)) as z:
            about: dict[str, Any] = json.loads(z.read("datapackage.json"))["qingdan"]
            return about

    def sealed(self, inner: bytes, signer: str = "") -> bytes:
        """A file of any inner zip, signed by the unit or by another key."""
        ring = Keyring(self.pc.work)
        return seal(inner, signer or ring.signer, ring.to_county)

    def changed(self, **about: object) -> bytes:
        """The submission with other words in its manifest, signed by the unit itself."""
        with zipfile.ZipFile(io.BytesIO(self.inner)) as z:
            members = {n: z.read(n) for n in z.namelist() if n != "datapackage.json"}
        return self.sealed(write_zip(self.manifest() | about, members))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    made = Pair(tmp_path_factory.mktemp("pair"))
    yield made
    made.county.close()
    made.pc.close()


def answer(pair: Pair, data: bytes, folder: Path, name: str = "file.qd") -> str:
    """What the county says to a file; whatever it says, nothing may have changed."""
    before = len(Ledger(pair.county.work.store).of("", "")), pair.county.lines(A)
    path = folder / name
    path.write_bytes(data)
    found = pair.county.load(path, dry_run=True)
    assert (len(Ledger(pair.county.work.store).of("", "")), pair.county.lines(A)) == before
    assert len(found) == 1
    return found[0].message if found[0].result == "refused" else found[0].result


def test_a_complete_file_is_taken(pair: Pair, tmp_path: Path) -> None:
    assert answer(pair, pair.data, tmp_path, "随便什么名字.bin") == "accepted"


@pytest.mark.torture
def test_every_kind_of_cut_is_seen(pair: Pair) -> None:
    size = len(pair.data)
    others = dice().sample(range(size), min(size, cases(0, size)))
    for length in [*range(0, 300, 7), *range(300, size, 997), size - 1, *others]:
        with pytest.raises(Refused):
            read(pair.data[:length], pair.keys)
    for length in (len(pair.data) // 2, len(pair.data) - 1, len(pair.data) - 512):
        with pytest.raises(Refused, match="不完整"):
            read(pair.data[:length], pair.keys)


@pytest.mark.torture
def test_every_flipped_bit_is_seen(pair: Pair) -> None:
    bits = range(len(pair.data) * 8)
    for bit in dice().sample(bits, min(len(bits), cases(400, len(bits)))):
        data = bytearray(pair.data)
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refused):
            read(bytes(data), pair.keys)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", sentence(INCOMPLETE)),
        (b"age-encrypt", sentence(INCOMPLETE)),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), sentence(STRANGER)),
        (bytes(64) + b"PK\x03\x04" + bytes(100), sentence(INCOMPLETE)),
        ("一封信".encode("gb18030"), sentence(STRANGER)),
    ],
)
def test_what_is_not_ours_is_refused_as_such(pair: Pair, tmp_path: Path, data: bytes, said: str) -> None:
    assert answer(pair, data, tmp_path) == said


def test_a_file_for_another_county_is_refused_as_such(pair: Pair, tmp_path: Path) -> None:
    other = seal(pair.inner, Keyring(pair.pc.work).signer, [envelope.new_identity()[1]])
    assert answer(pair, other, tmp_path) == sentence(NOT_FOR_OFFICE)
    path = tmp_path / "file.qd"
    assert [a.message for a in pair.pc.load(path)] == [sentence(NOT_FOR_US)]


def test_an_edit_by_hand_is_refused_as_a_change_and_not_as_damage(pair: Pair, tmp_path: Path) -> None:
    """Somebody with the unit's store but another key, or with the zip opened and packed again."""
    assert answer(pair, pair.sealed(pair.inner, envelope.new_signer()), tmp_path) == sentence(CHANGED)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pair.inner)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("2024年".encode(), "2025年".encode()))
    signature = envelope.unseal(pair.data, pair.keys)[0]
    import pyrage

    ring = Keyring(pair.pc.work)
    to = [pyrage.x25519.Recipient.from_str(r) for r in ring.to_county]
    assert answer(pair, pyrage.encrypt(signature + out.getvalue(), to), tmp_path) == sentence(CHANGED)
    assert answer(pair, pair.sealed(out.getvalue()), tmp_path) == sentence(CHANGED)  # signed, but the hashes do not fit


def test_another_key_cannot_report_for_the_unit(pair: Pair, tmp_path: Path) -> None:
    stranger = envelope.new_signer()
    forged = pair.manifest() | {"signer": envelope.public(stranger)}
    with zipfile.ZipFile(io.BytesIO(pair.inner)) as z:
        members = {n: z.read(n) for n in z.namelist() if n != "datapackage.json"}
    said = answer(pair, pair.sealed(write_zip(forged, members), stranger), tmp_path)
    assert said.startswith(sentence(CHANGED))


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"unit": "430527507"}, sentence(CHANGED)),  # another unit's name over one's own lines
        ({"unit": "999999"}, "方案里没有代码为“999999”的单位"),
        ({"period": "2031-13"}, "方案里没有调度期“2031-13”"),
        ({"fmt": 2}, sentence(TOO_NEW)),
        ({"critical": ["sm4"]}, sentence(TOO_NEW)),
        ({"suite": "sm2+sm4"}, sentence(TOO_NEW)),
        ({"plan": {"year": 2019, "digest": "", "title": "", "version": ""}}, "这是2019年方案的上报包"),
        ({"totals": {"tasks": {"lines": "1"}}}, sentence(CHANGED)),
        ({"revision": "三"}, sentence(STRANGER)),
        ({"ancestors": "abc"}, sentence(STRANGER)),
        ({"unit": ["430527106"]}, sentence(STRANGER)),
        ({"plan": None}, sentence(STRANGER)),
        ({"created": "2034-01-01T00:00:00+08:00"}, "accepted"),  # a clock ten years off decides nothing
    ],
)
def test_words_in_the_manifest(pair: Pair, tmp_path: Path, about: dict[str, Any], said: str) -> None:
    assert answer(pair, pair.changed(**about), tmp_path).startswith(said)


def zipped(*entries: tuple[str, bytes], times: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one of the hostile zips names a member twice
        for name, content in entries * times:
            z.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "inner",
    [
        zipped(("datapackage.json", b"{}"), ("../../evil", b"x")),
        zipped(("datapackage.json", b"{}"), ("/etc/evil", b"x")),
        zipped(("datapackage.json", b"{}"), ("C:\\evil", b"x")),
        zipped(("datapackage.json", b"{}"), times=2),
        zipped(("datapackage.json", b"{}"), ("data/a.csv", bytes(30 << 20))),
        zipped(*((f"{n}.csv", b"") for n in range(500))),
        zipped(("datapackage.json", b"[" * 100_000)),
        zipped(("datapackage.json", b'{"qingdan": NaN}')),
        zipped(("datapackage.json", b'{"a": 1, "a": 2}')),
        zipped(("datapackage.json", b'{"qingdan": {"fmt": "one"}}')),
        zipped(("datapackage.json", b'{"qingdan": {"fmt": 1, "kind": "virus"}}')),
        zipped(("other.json", b"{}")),
    ],
    ids=["up", "root", "drive", "twice", "bomb", "parts", "deep", "nan", "double-key", "fmt", "kind", "no-manifest"],
)
def test_a_hostile_zip_is_refused(pair: Pair, tmp_path: Path, inner: bytes) -> None:
    assert answer(pair, pair.sealed(inner), tmp_path) == sentence(STRANGER)


@given(st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_is_read_as_it_was_written(value: object) -> None:
    assert read_json(json.dumps(value).encode()) == value


## how files come by mail


def mailed(data: bytes, name: str) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "上报", "a@example.org", "b@example.org"
    message.set_content("请查收")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def armoured(data: bytes) -> str:
    """A file as text, as people paste it into a mail that damages attachments."""
    body = base64.b64encode(data).decode()
    lines = [body[i : i + 64] for i in range(0, len(body), 64)]
    return "\n".join([ARMOUR.decode(), *lines, ARMOUR.decode().replace("BEGIN", "END")]) + "\n"


MUTATIONS: dict[str, Callable[[bytes], bytes]] = {
    "renamed": lambda d: d,
    "zipped": lambda d: zipped(("上报.dat", d)),
    "zipped-twice": lambda d: zipped(("a.zip", zipped(("b", d)))),
    "mailed": lambda d: mailed(d, "附件.qd"),
    "mailed-zip": lambda d: mailed(zipped(("附件.qd", d)), "附件.zip"),
    "armour": lambda d: armoured(d).encode(),
    "armour-crlf": lambda d: armoured(d).replace("\n", "\r\n").encode(),
    "armour-blanks": lambda d: armoured(d).replace("\n", "  \n").encode(),
    "armour-bom-footer": lambda d: b"\xef\xbb\xbf" + armoured(d).encode() + "\n-- \n本邮件由网关检查".encode(),
    "armour-mailed": lambda d: mailed(armoured(d).encode(), "text.txt"),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_what_mail_does_to_a_file(pair: Pair, tmp_path: Path, mutation: str) -> None:
    assert answer(pair, MUTATIONS[mutation](pair.data), tmp_path, "x.txt") == "accepted"


def test_a_folder_is_judged_file_by_file(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "好.qd").write_bytes(pair.data)
    (tmp_path / "撕了.qd").write_bytes(pair.data[:5000])
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(500))
    (tmp_path / ".half.qd.1.part").write_bytes(b"x")
    found = {Path(a.path).name: (a.result, a.message) for a in pair.county.load(tmp_path, dry_run=True)}
    assert found == {
        "好.qd": ("accepted", "第1版；示例数据"),
        "撕了.qd": ("refused", sentence(INCOMPLETE)),
        "照片.jpg": ("refused", sentence(STRANGER)),
    }


## other programs read our files


def run(*command: str, data: bytes = b"") -> bytes:
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def test_age_and_unzip_open_a_submission(pair: Pair, tmp_path: Path) -> None:
    """age takes the envelope off, everything after the signature is a zip: README says so."""
    key = tmp_path / "recovery.txt"
    key.write_text(Keyring(pair.county.work).recovery)
    signed = run("age", "-d", "-i", str(key), str(pair.file))
    (tmp_path / "inner.zip").write_bytes(signed[64:])
    with zipfile.ZipFile(tmp_path / "inner.zip") as z:
        assert z.testzip() is None
        assert "data/tasks.csv" in z.namelist()


def test_frictionless_passes_the_data_package(pair: Pair, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(pair.inner)) as z:
        z.extractall(tmp_path)
    from frictionless import validate

    report = validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["name", "message"]) == []
    assert report.stats["tasks"] >= 8


def test_equal_content_gives_equal_bytes(pair: Pair) -> None:
    with zipfile.ZipFile(io.BytesIO(pair.inner)) as z:
        members = {n: z.read(n) for n in z.namelist() if n != "datapackage.json"}
    assert write_zip(pair.manifest(), members) == write_zip(pair.manifest(), dict(reversed(members.items())))


def test_nothing_readable_is_in_a_file(pair: Pair) -> None:
    words = {str(v) for r in pair.pc.lines(A)["tasks"] for v in r.values() if len(str(v)) > 3}
    assert words
    for word in words:
        assert word.encode() not in pair.data
        assert word.encode("gb18030") not in pair.data


def test_the_draft_of_a_mail_is_read_back(pair: Pair, tmp_path: Path) -> None:
    from exports.outgoing.mail_draft import draft

    path = draft(pair.file.read_bytes(), pair.file.name, "2024年10月清单", tmp_path)
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    attached = next(message.iter_attachments())
    assert (attached.get_filename(), attached.get_content()) == (pair.file.name, pair.data)
    assert shutil.which("age")
    assert pair.county.work.period.id == PERIOD
