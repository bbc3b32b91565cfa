"""A first hand-out is read before anything is made: whose it is, who signed it, and nothing half done."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from exports.incoming.new_workspace import begin, offers
from exports.package.container import PackageFile, make, read, write_inner, write_zip
from exports.package.envelope import new_signer, seal
from exports.package.keyring import Keyring
from models.errors import UserError, sentence
from models.refusals import STRANGER
from tests.travel import Desk

UNIT, CODE = "瓦屋塘镇", "430527106"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    made = Desk.county(tmp_path / "county")
    yield made
    made.close()


def edited(path: Path, signer: str, **about: object) -> Path:
    """The hand-out with another word in its manifest, signed anew by that key."""
    from exports.package.envelope import public

    parcel: PackageFile = read(path.read_bytes())
    inner = write_zip({**parcel.manifest.block(), "signer": public(signer), **about}, parcel.members)
    path.write_bytes(seal(inner, signer))
    return path


def test_an_offer_tells_whose_it_is_and_who_signed_it(county: Desk) -> None:
    first = date.today()
    [offer], refused = offers([county.hand_out(UNIT)])
    assert (offer.unit.code, offer.period.id, offer.plan.year) == (CODE, "2024-10", 2024)
    assert offer.county == "县“八大行动”领导小组办公室"
    assert first <= offer.day <= date.today()  # it may be midnight
    assert (offer.fingerprint, offer.sure) == (Keyring(county.work).county.fingerprint, True)
    assert refused == []


def test_a_signature_of_another_key_than_the_countys_is_not_called_sure(county: Desk) -> None:
    [offer], _ = offers([edited(county.hand_out(UNIT), new_signer())])
    assert not offer.sure


def test_the_newest_of_two_hand_outs_of_a_unit_is_offered(county: Desk) -> None:
    old = county.hand_out(UNIT)
    signer = Keyring(county.work).signer
    old = edited(old.rename(old.with_name("旧的.qd")), signer, period="2024-09", created="2024-09-01T00:00:00+08:00")
    new = county.hand_out(UNIT)
    for files in ([old, new], [new, old]):
        [offer], _ = offers(files)
        assert (offer.name, offer.period.id) == (new.name, "2024-10")


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"least": "99.0.0"}, "县里要求程序至少是99.0.0版"),
        ({"unit": "999"}, "没有叫“999”的责任单位"),
        ({"county": {}}, sentence(STRANGER)),
    ],
)
def test_a_hand_out_that_cannot_begin_is_refused_before_anything_is_made(
    county: Desk, about: dict[str, object], told: str
) -> None:
    file = edited(county.hand_out(UNIT), Keyring(county.work).signer, **about)
    found, refused = offers([file])
    assert [told in r for r in refused] == [True]
    assert found == []


def test_only_the_hand_out_of_the_unit_is_loaded(county: Desk, tmp_path: Path) -> None:
    files = [county.hand_out("县科工局"), county.hand_out(UNIT)]
    space = begin(tmp_path / "pc", files, CODE)
    assert [u.code for u in space.units] == [CODE]
    reports_to = Keyring(space).reports_to
    assert reports_to is not None
    assert reports_to.signer == Keyring(county.work).verify
    space.close()


def test_a_hand_out_that_breaks_off_leaves_no_folder(county: Desk, tmp_path: Path) -> None:
    signer = Keyring(county.work).signer
    file = with_line(county.hand_out(UNIT), signer)
    with pytest.raises(UserError):
        begin(tmp_path / "pc", [file], CODE)
    assert not (tmp_path / "pc").exists()


def with_line(path: Path, signer: str) -> Path:
    """The hand-out with a line of a table that no program of ours wrote."""
    parcel = read(path.read_bytes())
    members = {**parcel.members, "data/2024-10/tasks.csv": b"id,progress\n\xff\xfe,1\n"}
    path.write_bytes(make(write_inner(parcel.manifest, members), signer).data)
    return path
