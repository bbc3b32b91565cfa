"""没看懂的内容: what a file of a newer program holds that this program did not understand, as the ledger keeps it."""

from collections.abc import Mapping, Sequence

from exports.outgoing.submission import BESIDE
from exports.package.container import PackageFile
from exports.package.manifest import Receipt, unknown_item_keys
from exports.package.versions import beyond_program
from forms import FORMS
from models.ledger.county_acts import ACTS
from models.ledger.ledger import UNREAD, Package


def strange_words(file: PackageFile) -> list[str]:
    """The words for what a file holds and this program does not understand."""
    keys = list(file.strange)
    if isinstance(file.manifest, Receipt):
        keys += unknown_item_keys(file.json("receipt.json"))
    return [*beyond_program(file.members, [*FORMS, *BESIDE, *ACTS]), *(f"key:{k}" for k in keys)]


def now_understood(package: Package | None, file: PackageFile) -> list[str]:
    """The words that a package was taken in without and that this program understands; [] for one not taken in yet."""
    before, after = (package.about.get(UNREAD, ()) if package else ()), strange_words(file)
    return [w for w in before if w not in after]


def with_unread(about: Mapping[str, object], words: Sequence[str]) -> dict[str, object]:
    """The details of a package with these words for what was not understood, in place of those it had."""
    return {**{k: v for k, v in about.items() if k != UNREAD}, **({UNREAD: list(words)} if words else {})}
