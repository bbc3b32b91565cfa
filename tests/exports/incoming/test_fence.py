"""One bad file never stops the others and is named; a bug of ours is logged and told as ours, never as the file's fault."""

import io
import logging
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner

from exports.incoming.handlers import HANDLERS, Handler
from exports.incoming.new_workspace import offers
from exports.incoming.outcome import Outcome
from exports.package.container import PackageFile, write_zip
from exports.package.envelope import seal
from exports.package.keyring import Keyring
from exports.package.manifest import Manifest, Submission
from main import program
from models.errors import NotKept, sentence
from models.refusals import INCOMPLETE, STRANGER, TOO_DEEP
from models.workspace import Workspace
from tests.mixed_files import many_units, signed_again
from tests.travel import PERIOD, Desk

BAD = Path(__file__).parent / "bad_files"
UNIT = "瓦屋塘镇"


def nested_mail(levels: int) -> bytes:
    """A mail in which one multipart lies in the other."""
    heads = (f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(levels))
    return "".join(heads).encode()


def zip_with_a_damaged_member(good: dict[str, bytes]) -> bytes:
    """A zip whose second member is damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for n, (name, content) in enumerate(good.items()):
            z.writestr(name, content)
            if n == 0:
                z.writestr("坏的.jpg", b"\xff\xd8" * 300, zipfile.ZIP_DEFLATED)
    data = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        at = z.getinfo("坏的.jpg").header_offset + 30 + len("坏的.jpg".encode())
    return data[:at] + b"\xff\xff\xff" + data[at + 3 :]


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "name-star.eml": ((BAD / "name-star.eml").read_bytes(), ""),
    "empty-name.qd": ((BAD / "empty-name.qd").read_bytes(), ""),
    "lzma-corrupt.qd": ((BAD / "lzma-corrupt.qd").read_bytes(), ""),
    "lzma-corrupt.zip": ((BAD / "lzma-corrupt.qd").read_bytes()[64:], ""),
    "套娃.eml": (nested_mail(3000), ""),
    "字符集.eml": (
        b'MIME-Version: 1.0\nContent-Type: text/plain; charset="a\0b"\nContent-Disposition: attachment\n\nx',
        "",
    ),
    "空.qd": (b"", sentence(INCOMPLETE)),
    "半个头.qd": (b"age-encrypt", sentence(INCOMPLETE)),
}


@pytest.fixture
def submitted(county: Desk, pc: Desk) -> Path:
    return pc.submit()


def between(folder: Path, good: Path, name: str, content: bytes) -> Path:
    """A folder in which a bad file lies before a good one."""
    folder.mkdir()
    (folder / f"1 {name}").write_bytes(content)
    (folder / "2 好的.qd").write_bytes(good.read_bytes())
    return folder


@pytest.mark.parametrize("name", list(BAD_FILES))
def test_a_bad_file_is_named_and_the_next_one_taken(county: Desk, submitted: Path, tmp_path: Path, name: str) -> None:
    content, sentence = BAD_FILES[name]
    bad, good = county.load(between(tmp_path / "bag", submitted, name, content))
    assert (bad.result, good.result) == ("refused", "accepted")
    assert name in bad.path
    assert "程序出了意外" not in bad.message
    assert bad.message == sentence or not sentence


@pytest.mark.parametrize("name", list(BAD_FILES))
def test_at_a_unit_and_at_the_first_start_too(county: Desk, tmp_path: Path, name: str) -> None:
    folder = between(tmp_path / "bag", county.hand_out(UNIT), name, BAD_FILES[name][0])
    [offer], refused = offers([folder])
    assert offer.unit.short == UNIT
    assert name in refused[0]
    pc = Desk(tmp_path / "pc")
    assert sorted(pc.results(folder)) == ["accepted", "refused"]
    pc.close()


def test_a_mark_before_a_binary_package_is_refused_at_both_ends(
    county: Desk, pc: Desk, submitted: Path, tmp_path: Path
) -> None:
    bag = between(tmp_path / "bag", submitted, "bom.qd", b"\xef\xbb\xbf" + submitted.read_bytes())
    assert next(o.message for o in county.load(bag)) == sentence(INCOMPLETE)
    assert next(o.message for o in pc.load(bag)) == sentence(INCOMPLETE)


def test_a_revision_beyond_all_numbers_is_refused(county: Desk, pc: Desk, submitted: Path, tmp_path: Path) -> None:
    from exports.package.container import read

    file = read(submitted.read_bytes(), Keyring(county.work).identities)
    forged = signed_again(pc, file, revision=10**30)
    bad, good = county.load(between(tmp_path / "bag", submitted, "revision.qd", forged))
    assert (bad.message, good.result) == (sentence(STRANGER), "accepted")


def test_a_damaged_member_of_a_zip_hides_nothing_after_it(county: Desk, tmp_path: Path) -> None:
    two = many_units(county.work, tmp_path / "pc", 2)
    from exports.outgoing.submission import submission

    files = {f"{u.short}.qd": submission(two.work, u, two.work.period, papers=False).data for u in two.work.units}
    bag = tmp_path / "三个.zip"
    bag.write_bytes(zip_with_a_damaged_member(files))
    found = county.load(bag)
    assert [o.result for o in found] == ["accepted", "refused", "accepted"]
    assert (found[1].path, found[1].message) == (f"{bag}/坏的.jpg", sentence(INCOMPLETE))
    two.close()


def test_mails_name_what_they_cannot_read(county: Desk, tmp_path: Path) -> None:
    mail = tmp_path / "深.eml"
    mail.write_bytes(nested_mail(3000))
    [deep] = county.load(mail)
    assert deep.message in (sentence(TOO_DEEP), sentence("mail.unreadable")) or "没有附件" in deep.message


## a bug of our own, let in by one door: the table of handlers


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[Manifest], str], None]:
    """Let the handler of a kind break for one unit, as a bug would."""

    def breaks(kind: type[Manifest], unit: str) -> None:
        for key, handler in list(HANDLERS.items()):
            if key[0] is kind:

                def take(space: Workspace, file: PackageFile, dry_run: bool, handler: Handler = handler) -> Outcome:
                    if file.manifest.unit == unit:
                        space.store.db.table("broken").insert({"half": "done"})
                        raise AttributeError("'NoneType' object has no attribute 'rows'")
                    return handler(space, file, dry_run)

                monkeypatch.setitem(HANDLERS, key, take)

    return breaks


@pytest.fixture
def two(county: Desk, tmp_path: Path) -> Iterator[list[Path]]:
    """The submissions of two units."""
    from exports.outgoing.submission import file_name, submission

    pcs = many_units(county.work, tmp_path / "units", 2)
    made = [submission(pcs.work, u, pcs.work.plan.period(PERIOD), papers=False) for u in pcs.work.units]
    paths = []
    for one in made:
        paths.append(tmp_path / file_name(one))
        paths[-1].write_bytes(one.data)
    yield paths
    pcs.close()


def test_our_bug_is_reported_as_ours_logged_and_undone(
    county: Desk, two: list[Path], broken: Callable[[type[Manifest], str], None], caplog: pytest.LogCaptureFixture
) -> None:
    broken(Submission, county.work.units[0].code)
    with caplog.at_level(logging.ERROR, logger="qingdan"):
        bad, good = county.load(*two)
    assert (bad.result, good.result) == ("refused", "accepted")
    assert bad.message == sentence("intake.bug", file=two[0].name)
    assert "不是文件的错" in bad.message
    assert sentence(STRANGER) not in bad.message
    [entry] = caplog.records
    assert two[0].name in entry.getMessage()
    assert entry.exc_info
    assert entry.exc_info[0] is AttributeError
    assert "broken" not in county.work.store.db.table_names()


def test_the_command_tells_it_and_writes_the_log(
    county: Desk, two: list[Path], broken: Callable[[type[Manifest], str], None]
) -> None:
    broken(Submission, county.work.units[0].code)
    folder = county.folder
    county.close()
    done = CliRunner().invoke(program, ["--data", str(folder), "load", *map(str, two)])
    assert done.exit_code == 1
    assert "程序出了意外" in done.stderr
    assert "Traceback" not in done.output
    assert "AttributeError" in (folder / "qingdan.log").read_text(encoding="utf-8")
    assert "已装入1个" in done.output


def test_a_bug_in_a_command_is_reported_as_ours(county: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = county.folder
    county.close()
    status = program.get_command(Context(program), "status")
    assert status is not None
    monkeypatch.setattr(status, "callback", lambda **_: 1 / 0)
    done = CliRunner().invoke(program, ["--data", str(folder), "status"])
    assert done.exit_code == 1
    assert "程序出了意外" in done.stderr
    assert "ZeroDivisionError" in (folder / "qingdan.log").read_text(encoding="utf-8")


def test_a_file_without_its_tables_is_the_files_fault(county: Desk, tmp_path: Path) -> None:
    """A hand-out that lacks a table of the plan, rightly signed."""
    from exports.package.container import read

    path = county.hand_out(UNIT)
    file = read(path.read_bytes())
    members = {n: c for n, c in file.members.items() if n != "plan/scoring.csv"}
    path.write_bytes(seal(write_zip(file.manifest.block(), members), Keyring(county.work).signer))
    pc = Desk(tmp_path / "pc")
    [found] = pc.load(path)
    assert (found.result, found.message) == ("refused", sentence(INCOMPLETE))
    pc.close()


ODD_NAMES = ["照片\0.jpg", "..", "很" * 200 + ".jpg", "a:b*c?.jpg", "../../x.jpg", "CON.jpg", ""]


@pytest.mark.parametrize("name", ODD_NAMES, ids=["nul", "up", "long", "marks", "climbing", "device", "none"])
def test_a_refused_attachment_of_an_odd_name_is_kept_and_stops_nothing(
    county: Desk, submitted: Path, tmp_path: Path, name: str
) -> None:
    mail = (
        b"MIME-Version: 1.0\nContent-Type: image/jpeg\nContent-Disposition: attachment; filename*=UTF-8''"
        + "".join(f"%{b:02X}" for b in name.encode()).encode()
        + b"\n\n\xff\xd8photo"
    )
    bad, good = county.load(between(tmp_path / "bag", submitted, "信.eml", mail))
    assert (bad.result, good.result) == ("refused", "accepted")
    assert "程序出了意外" not in bad.message
    kept = [p for p in (county.folder / "refused").rglob("*") if p.is_file()]
    assert [p.read_bytes() for p in kept] == [b"\xff\xd8photo"]
    assert {p.parent for p in kept} == {county.folder / "refused"}


def test_a_file_name_that_is_no_text_ends_no_load(county: Desk, submitted: Path, tmp_path: Path) -> None:
    bag = between(tmp_path / "bag", submitted, "好.txt", b"x")
    try:
        Path(os.fsdecode(os.fsencode(bag) + b"/1 \xff.txt")).write_bytes(b"y")
    except OSError:
        return  # a disk on which every name is text
    assert sorted(county.results(bag)) == ["accepted", "refused", "refused"]


def test_a_folder_that_cannot_be_written_stops_the_load_in_words(county: Desk, submitted: Path, tmp_path: Path) -> None:
    (county.folder / "refused").write_bytes(b"in the way")
    with pytest.raises(NotKept, match="原件没有存下"):
        county.load(between(tmp_path / "bag", submitted, "坏.txt", b"x"))
