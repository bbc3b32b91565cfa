"""The county's office PC is lost: a new one is made from a backup, or from the paper in the safe."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exports.outgoing.recovery_key import Secrets, paint, read_code, recover, secrets_of
from exports.package.keyring import Keyring, fingerprint
from main import program
from models.errors import UserError
from models.ledger.ledger import Ledger
from models.restore import restore
from models.store.backup import bring, make
from models.workspace import Workspace
from tests.travel import PERIOD, Desk

A, CODE = "瓦屋塘镇", "430527106"
TODAY = date(2024, 10, 8)


def new_office(tmp_path: Path) -> Desk:
    return Desk.county(tmp_path / "new office")


def test_a_new_office_from_paper_reads_old_files_and_is_known_to_the_units(
    county: Desk, pc: Desk, tmp_path: Path
) -> None:
    sent, paper = pc.submit(), secrets_of(county.work).code
    number = fingerprint(Keyring(county.work).verify)
    county.close()
    office = new_office(tmp_path)
    assert office.results(sent) == ["refused"]
    assert number in recover(office.work, paper)
    (found,) = office.load(sent)
    assert (found.result, "未验证" in found.message) == ("accepted", True)
    assert office.lines(A) == pc.lines(A)
    assert pc.results(office.hand_out(A)) == ["accepted"]
    pc.write("tasks", 1, "note", "办公室换了电脑以后")
    (second,) = office.load(pc.submit())
    assert (second.result, "未验证" in second.message) == ("accepted", False)
    counts = Ledger(office.work.store).standing(CODE, PERIOD).counts
    assert counts is not None
    assert counts.trust == "verified"
    assert pc.results(office.receipt(A)) == ["accepted"]
    office.close()


def test_a_new_office_from_a_backup_goes_on_as_if_nothing_had_happened(county: Desk, pc: Desk, tmp_path: Path) -> None:
    county.load(pc.submit())
    copy = make(county.work.store.db, tmp_path / "safe")
    bring(county.folder, tmp_path / "safe")
    county.close()
    restore(tmp_path / "again", copy)
    office = Desk(tmp_path / "again", Workspace.open(tmp_path / "again"))
    assert office.lines(A) == pc.lines(A)
    pc.write("tasks", 1, "note", "恢复以后")
    assert office.results(pc.submit()) == ["accepted"]
    assert pc.results(office.receipt(A), office.hand_out(A)) == ["accepted", "accepted"]
    office.close()


def test_what_is_on_the_paper_is_what_is_needed(county: Desk, tmp_path: Path) -> None:
    data = paint(county.work, TODAY)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    assert fingerprint(Keyring(county.work).verify) in text
    groups = [w for line in text.splitlines() for w in line.split() if w.isascii() and len(w) in (8, 6)]
    office = new_office(tmp_path)
    recover(office.work, text[text.index("AGE-SECR") :].split("密钥指纹")[0])
    assert Keyring(office.work).verify == Keyring(county.work).verify
    assert "".join(groups).startswith("AGE-SECRET-KEY-1")
    office.close()


def test_recovering_twice_changes_nothing_and_an_office_at_work_is_not_overwritten(
    county: Desk, tmp_path: Path
) -> None:
    paper = secrets_of(county.work).code
    assert "没有变化" in recover(county.work, paper)
    office = new_office(tmp_path)
    office.hand_out(A)
    before = Keyring(office.work).verify
    with pytest.raises(UserError, match="已经用另一套密钥下发过任务包"):
        recover(office.work, paper)
    assert Keyring(office.work).verify == before
    office.close()


def test_only_the_office_has_a_recovery_key(pc: Desk) -> None:
    with pytest.raises(UserError, match="由领导小组办公室保管"):
        secrets_of(pc.work)


SECRETS = Secrets("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX", "a5" * 32)


@given(st.lists(st.sampled_from(" \n\t　"), max_size=40), st.booleans(), st.integers(1, 20))
def test_blanks_and_small_letters_do_not_matter(blanks: list[str], small: bool, step: int) -> None:
    word = SECRETS.code.lower() if small else SECRETS.code
    pieces = [word[i : i + step] for i in range(0, len(word), step)]
    typed = "".join(p + (blanks[n] if n < len(blanks) else " ") for n, p in enumerate(pieces))
    assert read_code(f"恢复密钥：{typed}") == SECRETS


@given(st.integers(0, 141), st.sampled_from("QPZ0123456789ABCDEF"))
def test_a_slip_of_the_pen_is_noticed(at: int, other: str) -> None:
    word = SECRETS.code
    if word[at] == other:
        other = "7" if word[at] != "7" else "8"
    with pytest.raises(UserError, match="恢复密钥"):
        read_code(word[:at] + other + word[at + 1 :])


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1", "随便写的", "0" * 200, SECRETS.code[:-1]])
def test_what_is_no_recovery_key_is_refused_as_such(text: str) -> None:
    with pytest.raises(UserError) as why:
        read_code(text)
    assert why.value.id == "recovery-key.not-one"


def command(folder: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(program, ["--data", str(folder), "recovery", *words])
    return done.exit_code, done.output


def test_the_command_prints_and_recovers(county: Desk, tmp_path: Path) -> None:
    paper, number = secrets_of(county.work).code, fingerprint(Keyring(county.work).verify)
    county.close()
    office = new_office(tmp_path)
    office.close()
    (tmp_path / "文字.txt").write_text(paper, encoding="utf-8-sig")
    code, told = command(office.folder, "--from", str(tmp_path / "文字.txt"))
    assert (code, number in told) == (0, True)
    code, told = command(office.folder, "--out", str(tmp_path / "新 文件夹"))
    assert (code, "放进保险柜" in told) == (0, True)
    assert (tmp_path / "新 文件夹" / "县级恢复密钥.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "--out（打印）或 --from（恢复）中的一个"),
        (("--out", "x", "--from", "y"), 2, "--out（打印）或 --from（恢复）中的一个"),
        (("--from", "没有的文件"), 1, "文件读不出来：没有的文件"),
    ],
)
def test_wrong_use_of_the_command_is_reported(county: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    county.close()
    done, told = command(county.folder, *words)
    assert (done, said in told) == (code, True)
