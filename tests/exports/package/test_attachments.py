"""附件: files behind a cell, on their way to the county and back, with the tricks that names and sticks play."""

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exports.outgoing.submission import submission
from exports.package import envelope
from exports.package.container import read
from exports.package.envelope import seal
from exports.package.keyring import Keyring
from forms.evidence import BETWEEN, NAME_LIMIT, RESERVED, Attachment, Files, safe_name
from forms.kind import Unreadable
from main import program
from models.attachments import ALL, ONE, add, content, file_present, forget_copies, opened_copy, path_of, save_as
from models.errors import UserError, sentence
from models.refusals import CHANGED
from models.reporting.check import check, give_reason
from models.restore import restore, verify
from models.store.backup import bring, make
from models.workspace import Workspace
from tests.travel import PERIOD, Desk

A = "瓦屋塘镇"
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40
ROOT = Path(__file__).parents[3]


def attach(desk: Desk, row: int, *sources: Path) -> tuple[Attachment, ...]:
    """Attach files to a line's evidence, as the window does."""
    there = tuple(a for a in desk.cell("tasks", row, "evidence") or ())
    for source in sources:
        there = (*there, add(desk.folder, source, there, {}))
    report = desk.report("tasks")
    desk.work.apply(report.set(report.rows[row - 1]["id"], {"evidence": there}), "添加附件")
    return there


def file(folder: Path, name: str, data: bytes = PDF) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_file_goes_to_the_county_and_is_opened_there(county: Desk, pc: Desk, tmp_path: Path) -> None:
    named = attach(pc, 1, file(tmp_path, "会议纪要.pdf"), file(tmp_path, "照片.jpg", b"\xff\xd8" * 900))
    assert county.results(pc.submit()) == ["accepted"]
    assert county.cell("tasks", 1, "evidence", A)[-2:] == named[-2:]
    shown = opened_copy(county.folder, named[-2], tmp_path / "temp")
    assert (shown.name, shown.read_bytes()) == ("会议纪要.pdf", PDF)


def test_a_return_and_a_correction_keep_the_files(county: Desk, pc: Desk, tmp_path: Path) -> None:
    attach(pc, 1, file(tmp_path, "纪要.pdf"))
    county.load(pc.submit())
    pc.load(county.send_back(A, ("tasks", 1, "evidence", "请换成盖章的扫描件")))
    new = attach(pc, 1, file(tmp_path, "盖章纪要.pdf", PDF + b"2"))
    assert county.results(pc.submit()) == ["accepted"]
    assert county.cell("tasks", 1, "evidence", A) == new
    assert [content(county.folder, a)[-1:] for a in new if a.sha256] == [PDF[-1:], b"2"]


def test_typing_over_the_names_keeps_the_files_that_are_still_named(pc: Desk, tmp_path: Path) -> None:
    one, two = attach(pc, 4, file(tmp_path, "一.pdf"), file(tmp_path, "二.pdf", PDF + b"2"))[-2:]
    field = pc.work.form("tasks").field("evidence")
    pc.write("tasks", 4, "evidence", field.parse("二.pdf、会议签到表（纸质）"))
    assert pc.cell("tasks", 4, "evidence") == (two, Attachment("会议签到表（纸质）"))
    assert file_present(pc.folder, one.sha256)


def test_a_replaced_pc_gets_the_files_back(county: Desk, pc: Desk, tmp_path: Path) -> None:
    named = attach(pc, 2, file(tmp_path, "现场.jpg"))[-1]
    county.load(pc.submit())
    new = Desk(tmp_path / "new")
    assert new.results(county.hand_out(A, again=True)) == ["accepted"]
    assert content(new.folder, named) == PDF
    assert new.submit().name.startswith(f"430527106_{PERIOD}_r002")
    new.close()


def test_a_unit_gets_its_files_back_from_its_own_submission(pc: Desk, tmp_path: Path) -> None:
    named = attach(pc, 2, file(tmp_path, "现场.jpg"))[-1]
    sent = pc.submit()
    path_of(pc.folder, named.sha256).unlink()
    from models.store.change import Change

    rows = pc.work.store.rows("tasks", "430527106", PERIOD)
    pc.work.apply([Change("tasks", r["id"], r, None) for r in rows], "误删")
    assert pc.results(sent) == ["accepted"]
    assert content(pc.folder, named) == PDF


def test_a_file_that_is_gone_is_a_sentence_and_a_reason_lets_it_pass(county: Desk, pc: Desk, tmp_path: Path) -> None:
    named = attach(pc, 3, file(tmp_path, "纪要.pdf"))[-1]
    path_of(pc.folder, named.sha256).unlink()
    with pytest.raises(UserError, match=r"“佐证”里“纪要\.pdf”的原件不在本机"):
        pc.submit()
    assert verify(pc.work.store) == ["附件“纪要.pdf”的原件不在本机；请重新添加这个文件，或从备份恢复"]
    found = next(f for f in check(pc.work, "430527106", pc.work.period) if f.problem.code == "file_gone")
    pc.work.apply(give_reason(pc.work, found, "县里已有"), "说明")
    assert county.results(pc.submit()) == ["accepted"]
    add(pc.folder, file(tmp_path, "又找到的.pdf"), (), {})
    assert county.results(pc.submit()) == ["accepted"]
    assert file_present(county.folder, named.sha256)


def checked(pc: Desk) -> tuple[int, str, str]:
    """Exit code, output and errors of the command that looks whether all is sound."""
    pc.close()
    done = CliRunner().invoke(program, ["--data", str(pc.folder), "verify"])
    pc.space = Workspace.open(pc.folder)
    return done.exit_code, done.stdout, done.stderr


def test_verify_says_what_is_missing_and_that_the_store_is_sound(pc: Desk, tmp_path: Path) -> None:
    assert checked(pc)[:2] == (0, "数据文件完好；最近的备份：还没有，请用 backup 做一个\n")
    one, two = attach(pc, 3, file(tmp_path, "纪要.pdf"))[-1], attach(pc, 5, file(tmp_path, "照片.jpg", b"x"))[-1]
    path_of(pc.folder, one.sha256).unlink()
    path_of(pc.folder, two.sha256).write_bytes(b"other")
    code, told, wrong = checked(pc)
    assert (code, told.split("；")[0]) == (1, "数据文件完好，有2处附件的原件不能用，逐处写在上面")
    assert "从备份恢复" not in told
    assert wrong.splitlines() == [
        f"{A}2024年10月任务清单第3行：附件“纪要.pdf”的原件不在本机；请重新添加这个文件，或从备份恢复",
        f"{A}2024年10月任务清单第5行：附件“照片.jpg”的原件损坏或被改动过；请重新添加这个文件，或从备份恢复",
    ]


def second_pc(county: Desk, tmp_path: Path) -> Desk:
    """Another computer of the same unit, enrolled by a first file of its own."""
    other = Desk(tmp_path / "second")
    other.load(county.hand_out(A))
    return other


def test_a_unit_with_two_computers_gets_its_files_with_every_hand_out(county: Desk, pc: Desk, tmp_path: Path) -> None:
    other = second_pc(county, tmp_path)
    named = attach(pc, 2, file(tmp_path, "现场.jpg"))[-1]
    county.load(pc.submit())
    (found,) = other.load(county.hand_out(A))
    assert "有1个附件的原件没有随任务包来：“现场.jpg”" in found.message, "the county knows of one computer"
    assert not file_present(other.folder, named.sha256)
    lacking = next(f for f in check(other.work, "430527106", other.work.period) if f.problem.code == "file_gone")
    other.work.apply(give_reason(other.work, lacking, "县里已有"), "说明")
    county.load(other.submit())
    assert other.results(county.hand_out(A)) == ["accepted"]
    assert content(other.folder, named) == PDF
    other.close()


def test_a_unit_with_one_computer_is_not_sent_what_it_has(county: Desk, pc: Desk, tmp_path: Path) -> None:
    attach(pc, 2, file(tmp_path, "现场.jpg"))
    county.load(pc.submit())
    parcel = read(county.hand_out(A).read_bytes(), Keyring(county.work).identities)
    assert [p for p in parcel.members if p.startswith("attachments/")] == []
    assert "附件" not in pc.load(county.hand_out(A))[0].message


def test_a_file_changed_by_hand_is_not_sent(pc: Desk, tmp_path: Path) -> None:
    named = attach(pc, 3, file(tmp_path, "纪要.pdf"))[-1]
    path_of(pc.folder, named.sha256).write_bytes(b"other")
    with pytest.raises(UserError, match=r"“纪要\.pdf”的原件损坏或被改动过"):
        pc.submit()
    assert "损坏" in verify(pc.work.store)[0]
    add(pc.folder, file(tmp_path, "纪要.pdf"), (), {})
    assert verify(pc.work.store) == []


@pytest.mark.parametrize("listed", [True, False])
def test_a_file_exchanged_on_the_way_is_refused_as_changed(
    pc: Desk, county: Desk, tmp_path: Path, listed: bool
) -> None:
    """Even by somebody who can sign: the name of an attachment is its SHA-256. `listed`: the manifest follows."""
    named = attach(pc, 1, file(tmp_path, "纪要.pdf"))[-1]
    inner = envelope.unseal(pc.submit().read_bytes(), Keyring(county.work).identities)[1]
    out, path = io.BytesIO(), f"attachments/{named.sha256}"
    with zipfile.ZipFile(io.BytesIO(inner)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == path:
                data = b"forged" * 10
            if name == "datapackage.json" and listed:
                whole = json.loads(data)
                next(r for r in whole["resources"] if r["path"] == path)["hash"] = (
                    f"sha256:{sha256(b'forged' * 10).hexdigest()}"
                )
                data = json.dumps(whole).encode()
            new.writestr(name, data)
    bad = file(tmp_path, "x.qd", seal(out.getvalue(), Keyring(pc.work).signer))
    (found,) = county.load(bad)
    assert (found.result, found.message.startswith(sentence(CHANGED))) == ("refused", True)
    assert not (county.folder / "attachments").exists()


def test_the_parcel_carries_a_file_once_and_white_paper_is_no_bomb(pc: Desk, county: Desk, tmp_path: Path) -> None:
    white = file(tmp_path, "空白扫描.bmp", bytes(5 << 20))
    attach(pc, 1, white)
    attach(pc, 2, white)
    parcel = submission(pc.work, pc.work.only_unit(), pc.work.period, papers=False)
    assert len([p for p in parcel.members if p.startswith("attachments/")]) == 1
    assert read(parcel.data, Keyring(county.work).identities).id == parcel.id


def test_too_big_too_many_and_empty_files_are_refused_with_their_size(tmp_path: Path) -> None:
    def refused(path: Path, there: tuple[Attachment, ...] = (), used: dict[str, int] | None = None) -> str:
        with pytest.raises(UserError) as why:
            add(tmp_path / "data", path, there, used or {})
        return str(why.value)

    assert "有10.0MB，超过一个附件的10.0MB" in refused(file(tmp_path, "大.pdf", bytes(ONE + 1)))
    small = file(tmp_path, "小.pdf")
    assert "共20.0MB，超过一份上报包的20.0MB" in refused(small, used={"a": ALL})
    assert "已有100个" in refused(small, used={str(n): 1 for n in range(100)})
    assert "是空文件" in refused(file(tmp_path, "空.pdf", b""))
    assert "是文件夹" in refused(tmp_path)
    assert "读不出来（文件夹不在了）" in refused(tmp_path / "没有.pdf")
    assert "只收文档" in refused(file(tmp_path, "病毒.exe"))
    assert "只收文档" in refused(file(tmp_path, "没有后缀"))
    assert not (tmp_path / "data").exists()


def test_the_same_file_twice_in_a_cell_is_refused_and_the_same_name_is_numbered(tmp_path: Path) -> None:
    first = add(tmp_path, file(tmp_path / "a", "照片.jpg"), (), {})
    with pytest.raises(UserError, match=r"已经附在这一格里了（照片\.jpg）"):
        add(tmp_path, file(tmp_path / "b", "另一个名.jpg"), (first,), {})
    second = add(tmp_path, file(tmp_path / "b", "照片.jpg", PDF + b"2"), (first,), {})
    assert second.name == "照片（2）.jpg"
    assert len(list((tmp_path / "attachments").iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\张\\合同.pdf", "合同.pdf"),
        ("CON.txt", "_CON.txt"),
        ("com1.pdf", "_com1.pdf"),
        ("一、二；三.pdf", "一_二_三.pdf"),
        ("换\n行\x07.pdf", "换_行_.pdf"),
        ("尾点. .pdf. .", "尾点.pdf"),
        ("..", "附件"),
        ("中文 空格（1）.PDF", "中文 空格（1）.PDF"),
        ("长" * 260 + ".pdf", "长" * 56 + ".pdf"),
    ],
)
def test_names_with_tricks_become_harmless(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@given(st.text(max_size=300))
def test_every_name_becomes_one_that_can_be_written_and_typed(name: str) -> None:
    kept = safe_name(name)
    assert 0 < len(kept) <= NAME_LIMIT
    assert not set(kept) & set('<>:"|?*/\\\n\0')
    assert kept.split(".")[0].lower() not in RESERVED
    assert not BETWEEN.search(kept)
    assert safe_name(kept) == kept


def test_what_a_stranger_names_is_never_run_nor_written_elsewhere(tmp_path: Path) -> None:
    given_name = add(tmp_path, file(tmp_path, "a.pdf"), (), {})
    evil = Attachment("../../启动.bat", given_name.sha256)
    with pytest.raises(UserError, match="不在这里打开"):
        opened_copy(tmp_path, evil, tmp_path / "temp")
    path = opened_copy(tmp_path, Attachment("../../x.pdf", given_name.sha256), tmp_path / "temp")
    assert path.parent.parent == tmp_path / "temp"


@pytest.mark.parametrize(
    "text",
    ['[["a","../../x"]]', '[["a","ABC"]]', '[[1,""]]', '[["a"]]', '{"a":1}', '[["a","",""]]', "[" * 100_000, "5", "{"],
)
def test_attachments_that_are_not_written_by_us_are_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="附件的写法读不懂"):
        Files().read(text)


def test_a_backup_elsewhere_has_the_files_and_brings_them_back(pc: Desk, tmp_path: Path) -> None:
    named = attach(pc, 1, file(tmp_path, "纪要.pdf"))[-1]
    pc.submit()
    stick = tmp_path / "备份盘"
    copy = make(pc.work.store.db, stick)
    assert bring(pc.folder, stick) == 2  # the attachment and the submission's original
    assert bring(pc.folder, stick) == 0
    restore(tmp_path / "fresh", copy)
    again = Desk(tmp_path / "fresh", Workspace.open(tmp_path / "fresh"))
    assert content(again.folder, named) == PDF
    assert again.submit().read_bytes() == pc.submit().read_bytes()
    again.close()


def test_a_file_that_cannot_be_saved_leaves_nothing_half(pc: Desk, tmp_path: Path) -> None:
    named = attach(pc, 1, file(tmp_path, "纪要.pdf"))[-1]
    with pytest.raises(UserError, match="不能写到这里"):
        save_as(pc.folder, named, file(tmp_path, "占位") / "里面.pdf")
    assert save_as(pc.folder, named, tmp_path / "存出" / "纪要.pdf").read_bytes() == PDF


def test_frictionless_passes_a_submission_with_files(pc: Desk, county: Desk, tmp_path: Path) -> None:
    attach(pc, 1, file(tmp_path, "附表.xlsx", b"PK\x03\x04 no workbook"), file(tmp_path, "图.jpg", b"\xff\xd8" * 90))
    inner = envelope.unseal(pc.submit().read_bytes(), Keyring(county.work).identities)[1]
    with zipfile.ZipFile(io.BytesIO(inner)) as z:
        z.extractall(tmp_path / "plain")
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json"],
        cwd=tmp_path / "plain", capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_keys_can_be_read_by_their_owner_only(county: Desk, tmp_path: Path) -> None:
    copy = make(county.work.store.db, tmp_path / "copies")
    others = [stat.S_IMODE(p.stat().st_mode) & 0o077 for p in (county.folder / "qingdan.db", copy)]
    assert set(others) == {0o066 if os.name == "nt" else 0}  # on Windows the user's own folder keeps others out


def test_an_opened_copy_cannot_be_written_into_and_is_taken_away_at_the_end(tmp_path: Path) -> None:
    named, into = add(tmp_path, file(tmp_path, "a.pdf"), (), {}), tmp_path / "opened"
    path = opened_copy(tmp_path, named, into)
    assert opened_copy(tmp_path, named, into) == path
    assert not stat.S_IMODE(path.stat().st_mode) & stat.S_IWUSR
    forget_copies(into)
    assert list(into.iterdir()) == []
    assert content(tmp_path, named) == PDF


def test_the_backup_command_says_what_lies_where(county: Desk, pc: Desk, tmp_path: Path) -> None:
    def run(folder: Path, *words: str) -> tuple[int, str]:
        done = CliRunner().invoke(program, ["--data", str(folder), *words])
        return done.exit_code, done.output

    named = attach(pc, 1, file(tmp_path, "纪要.pdf"))[-1]
    pc.close()
    code, told = run(pc.folder, "backup", "--out", str(tmp_path / "u"))
    assert (code, "这次新拷1个" in told, "县里的密钥" in told) == (0, True, False)
    path_of(pc.folder, named.sha256).unlink()
    code, told = run(pc.folder, "verify")
    assert (code, "附件“纪要.pdf”的原件不在本机" in told) == (1, True)
    [copy] = (tmp_path / "u").glob("qingdan-*.db")
    assert run(pc.folder, "restore", str(copy))[0] == 0
    assert run(pc.folder, "verify")[0] == 0
    county.close()
    assert "备份里有县里的密钥" in run(county.folder, "backup")[1]
