"""Wrong clocks, replays, kills in the middle: nothing torn, nothing half, nothing taken for what it is not."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from exports.incoming.kept_files import keep_refused_files
from exports.package.container import read
from exports.package.keyring import Keyring
from models.errors import UserError
from models.ledger.ledger import Ledger
from models.ledger.submission_status import submission_status
from models.store.clock import behind
from models.workspace import Workspace
from tests.effort import cases, dice
from tests.exports.incoming.test_newer_plan import edited, put_in_force
from tests.travel import PERIOD, Desk

A, B, CODE = "瓦屋塘镇", "县科工局", "430527106"
ROOT = Path(__file__).parents[3]
CUT = 86  # the exit code of tests/killed.py where the power was cut


def reopened(desk: Desk) -> Desk:
    desk.space = Workspace.open(desk.folder)
    return desk


def under_clock(days: int, desk: Desk, *words: str | Path) -> str:
    """Start the program on a desk's folder, with the clock off by so many days."""
    desk.close()
    command = [sys.executable, "tests/shifted.py", str(days), "--data", str(desk.folder), *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    reopened(desk)
    return done.stdout


def test_clocks_ten_years_off_on_both_sides(county: Desk, pc: Desk, tmp_path: Path) -> None:
    """Forward, then back: the second version is the newer one all the same."""
    under_clock(3650, pc, "submit", "--period", PERIOD, "--out", tmp_path / "one")
    pc.write("tasks", 1, "note", "时钟回到了十年前")
    under_clock(-3650, pc, "submit", "--period", PERIOD, "--out", tmp_path / "two")
    [one], [two] = (tmp_path / "one").iterdir(), (tmp_path / "two").iterdir()
    assert ("_r001_" in one.name, "_r002_" in two.name) == (True, True)
    under_clock(-3650, county, "load", two)
    under_clock(3650, county, "load", one)
    counts = Ledger(county.work.store).standing(CODE, PERIOD).counts
    assert counts is not None
    assert (counts.revision, counts.made[:2], county.lines(A)) == (2, "20", pc.lines(A))
    assert pc.results(county.receipt(A)) == ["accepted"]
    now = submission_status(pc.work, CODE, pc.work.plan.period(PERIOD))
    assert (now.state, [p.revision for p in now.sent]) == ("reported", [2, 1])


def test_a_plan_loaded_under_a_wrong_clock_gives_way_to_the_next_one(county: Desk, pc: Desk) -> None:
    def version(word: str) -> None:
        put_in_force(
            county,
            edited(
                county.work.plan, plan=lambda rows: [r | {"内容": word} if r["项目"] == "版本" else r for r in rows]
            ),
        )

    version("2024.2")
    under_clock(3650, pc, "load", county.hand_out(A))
    version("2024.3")
    pc.load(county.hand_out(A))
    pc.close()
    assert reopened(pc).work.plan.version == "2024.3"


def test_a_clock_that_went_back_is_reported(county: Desk, pc: Desk) -> None:
    assert behind(pc.work.store.newest_time()) == ""
    under_clock(400, pc, "demo", "--period", "2024-11")
    assert "早了399天" in behind(pc.work.store.newest_time()) or "早了400天" in behind(pc.work.store.newest_time())


def test_an_old_file_sent_again_under_other_names_counts_for_what_is_written_in_it(
    county: Desk, pc: Desk, tmp_path: Path
) -> None:
    first = pc.submit()
    pc.write("tasks", 1, "note", "改过")
    second = pc.submit()
    county.load(first, second)
    before = county.lines(A)
    for name in (f"430527507_{PERIOD}_r009_00000000.qd", f"{CODE}_2024-11_r001_00000000.qd", "x.zip"):
        replayed = shutil.copyfile(first, tmp_path / name)
        assert county.results(Path(replayed)) == ["unchanged"]
    assert county.lines(A) == before
    assert Ledger(county.work.store).of("", "2024-11") == []


def test_a_receipt_or_return_of_another_unit_or_county_does_nothing(county: Desk, pc: Desk, tmp_path: Path) -> None:
    other, stranger = Desk(tmp_path / "b"), Desk.county(tmp_path / "stranger")
    other.load(county.hand_out(B))
    other.fill()
    county.load(other.submit())
    answers = pc.load(county.receipt(B), county.send_back(B, ("tasks", 1, "note", "请改")))
    assert {a.result for a in answers} == {"refused"}
    (found,) = pc.load(stranger.hand_out(A))
    assert "签名的密钥与原来的县级密钥不同" in found.message
    stranger.load(pc.submit())
    assert pc.work.store.rows("comments", CODE, PERIOD) == []
    assert submission_status(pc.work, CODE, pc.work.period).state == "sent"
    other.close()
    stranger.close()


def power_cut(before: int, desk: Desk, *words: str | Path) -> bool:
    """Run the program on a desk's folder; whether the power was cut, before so many writes, or it came to its end."""
    desk.close()
    command = [sys.executable, "tests/killed.py", str(before), "--data", str(desk.folder), *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    reopened(desk)
    assert done.returncode in (0, CUT), done.stderr
    return done.returncode == CUT


def test_a_power_cut_before_any_write_of_a_submission_leaves_no_torn_file_under_its_name(
    county: Desk, pc: Desk, tmp_path: Path
) -> None:
    keys, stick, before = Keyring(county.work).identities, tmp_path / "u", 1
    while power_cut(before, pc, "submit", "--period", PERIOD, "--out", stick):
        for path in stick.glob("*.qd"):
            assert read(path.read_bytes(), keys).kind == "submission"
        before += 1
    assert before > 3
    assert set(county.results(stick)) == {"accepted"}
    assert county.lines(A) == pc.lines(A)


@pytest.mark.torture
def test_a_power_cut_while_loading_keeps_only_complete_packages_and_the_next_start_resumes(
    county: Desk, pc: Desk, tmp_path: Path
) -> None:
    files = []
    for n in range(6):
        pc.write("tasks", 1, "note", f"第{n}次")
        files.append(pc.submit())
    cuts = 0
    for n in range(cases(5, 60)):
        cuts += power_cut(dice(n).randint(1, 120), county, "load", *files)
        stands = Ledger(county.work.store).standing(CODE, PERIOD)
        note = county.cell("tasks", 1, "note", A)
        assert note == (f"第{stands.counts.revision - 1}次" if stands.counts else None)
    assert cuts
    assert {a.result for a in county.load(*files)} <= {"accepted", "unchanged"}
    assert county.lines(A) == pc.lines(A)


def test_a_full_stick_keeps_the_file_that_is_there(pc: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pc.submit().read_bytes()
    pc.write("tasks", 1, "note", "改过")
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda p: usage._replace(free=0) if Path(p) == pc.out else usage)
    with pytest.raises(UserError, match="放不下"):
        pc.submit()
    assert [p.read_bytes() for p in pc.out.iterdir()] == [before]


def test_what_is_refused_is_kept_aside_with_its_reason(county: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "照片.jpg"
    bad.write_bytes(b"\xff\xd8" * 99)
    county.close()
    command = [sys.executable, "main.py", "--data", str(county.folder), "load", "--json", str(bad)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, json.loads(done.stdout)[0]["result"]) == (1, "refused")
    assert (county.folder / "refused" / "照片.jpg").read_bytes() == bad.read_bytes()
    assert "不是清单填报的文件" in (county.folder / "refused" / "原因.txt").read_text(encoding="utf-8-sig")


def test_what_is_refused_twice_is_kept_once_and_secrets_never(pc: Desk, tmp_path: Path) -> None:
    photo, same, key = tmp_path / "照片.jpg", tmp_path / "另一个名字.jpg", tmp_path / "密钥.txt"
    for path in (photo, same):
        path.write_bytes(b"\xff\xd8" * 99)
    key.write_text("AGE-SECRET-KEY-1示例")
    inside = pc.folder / "外面来的.txt"
    inside.write_text("就在数据文件夹里")
    store = tmp_path / "qingdan.db"
    store.write_bytes(b"SQLite format 3\0" + b"x" * 99)
    for _ in range(2):
        found = pc.load(photo, same, key, store, inside)
        assert {a.result for a in found} == {"refused"}
        keep_refused_files(pc.folder, found)
    kept = pc.folder / "refused"
    assert sorted(p.name for p in kept.iterdir()) == ["原因.txt", "照片.jpg"]
    lines = (kept / "原因.txt").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 4
    assert all(line.startswith("20") for line in lines)


def test_the_hand_outs_of_all_units_do_not_all_come_to_one_pc(county: Desk, pc: Desk, tmp_path: Path) -> None:
    mine, others = county.hand_out(A), [county.hand_out(u) for u in ("县残联", "县妇联")]
    found = {a.path: a for a in pc.load(county.out)}
    assert [found[str(o)].result for o in others] == ["refused", "refused"]
    assert "一次只装一个单位的" in found[str(others[0])].message
    assert found[str(mine)].result in ("accepted", "unchanged")
    assert [u.short for u in pc.work.units] == [A]
    assert pc.results(others[0]) == ["accepted"], "one at a time it may be added"
    assert len(pc.work.units) == 2
    new = Desk(tmp_path / "new")
    assert new.results(county.out).count("refused") >= 2
    assert len(new.work.units) == 1
    new.close()
