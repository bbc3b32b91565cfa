"""A bag of mail as it comes to the county at the end of a month: 57 files, most of them good."""

import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from exports.incoming.county_files import begin, take_handout
from exports.outgoing.handout import handout
from exports.outgoing.submission import file_name, submission
from exports.package.container import PackageFile, write_zip
from exports.package.envelope import seal
from exports.package.keyring import Keyring
from models.reporting.sample import fill
from models.workspace import Workspace
from tests.travel import PERIOD, Desk

GOOD = 50
UNIT = "瓦屋塘镇"


def many_units(county: Workspace, folder: Path, count: int) -> Desk:
    """One PC that serves the first units of the plan, each with October filled in."""
    first = handout(county, county.units[0])
    space = begin(folder, first)
    take_handout(space, first)
    mine, theirs = Keyring(space), Keyring(county)
    units = county.units[:count]
    for unit in units:
        mine.keys.set(f"code.{unit.code}", theirs.code_for(unit.code))
    space.set({"units": "、".join(u.code for u in units), "current": PERIOD, "person": "示例"})
    desk = Desk(folder, space)
    desk.fill()
    return desk


def signed_again(desk: Desk, parcel: PackageFile, **other: Any) -> bytes:
    """The same submission, rightly signed, whose manifest says something else."""
    ring = Keyring(desk.work)
    block = {**parcel.manifest.block(), **other}
    members: Mapping[str, bytes] = {n: c for n, c in parcel.members.items() if n != "datapackage.json"}
    return seal(write_zip(block, members), ring.signer, ring.to_county)


def fill_bag(folder: Path) -> tuple[Desk, Path]:
    """The county, with September closed, and the folder of 57 files."""
    county = Desk.county(folder / "county")
    bag = folder / "bag"
    bag.mkdir()
    pc = many_units(county.work, folder / "pc", GOOD + 1)
    october, september = (pc.work.plan.period(p) for p in (PERIOD, "2024-09"))
    made = [submission(pc.work, u, october, papers=False) for u in pc.work.units]
    for parcel in made[:GOOD]:
        (bag / file_name(parcel)).write_bytes(parcel.data)
    last = made[GOOD]
    (bag / "01 拷了一半.qd").write_bytes(last.data[: len(last.data) // 2])
    (bag / "02 去年的.qd").write_bytes(signed_again(pc, last, plan={**asdict(last.manifest.plan), "year": 2023}))
    (bag / "03 同一份(1).qd").write_bytes(made[7].data)
    (bag / "04 合影.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(5000))
    (bag / "05 不认识的单位.qd").write_bytes(signed_again(pc, last, unit="999999999"))
    (bag / "06 封存了的.qd").write_bytes(_of_september(pc, september))
    (bag / "07 邻县的.qd").write_bytes(_of_another_county(folder))
    county.work.apply(county.work.close_off("2024-09"), "封存")
    pc.close()
    return county, bag


def _of_september(pc: Desk, september: Any) -> bytes:
    fill(pc.work, september)
    return submission(pc.work, pc.work.units[0], september, papers=False).data


def _of_another_county(folder: Path) -> bytes:
    other, desk = Desk.county(folder / "other"), Desk(folder / "theirs")
    desk.load(other.hand_out(UNIT))
    desk.fill()
    data = desk.submit().read_bytes()
    for each in (other, desk):
        each.close()
    return data


def copy_of(folder: Path, name: str) -> Path:
    """The same county in another folder, as if it were the only one."""
    target = folder.with_name(name)
    shutil.copytree(folder, target)
    return target


BAD = {
    "01 拷了一半.qd": "文件不完整",
    "02 去年的.qd": "没有装入",
    "04 合影.jpg": "不是清单填报的文件",
    "05 不认识的单位.qd": "没有装入",
    "06 封存了的.qd": "已经封存",
    "07 邻县的.qd": "不是给这里的文件",
}
