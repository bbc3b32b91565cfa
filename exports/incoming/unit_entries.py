"""A unit's ledger entries for files (单位台账里的一行): the entry of a file from the county, the kept original where something
of it is to be read later, and the file that comes once more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from exports.incoming.messages import AGAIN
from exports.incoming.outcome import Outcome, outcome
from exports.incoming.reread import complete
from exports.incoming.submissions import keep_original
from exports.incoming.unread import now_understood, with_unread
from exports.package.container import PackageFile
from exports.package.manifest import Return
from exports.package.versions import in_words
from forms.states import Result, Way
from models.ledger.ledger import UNREAD, Ledger, Package
from models.workspace import Workspace


def line_of(
    space: Workspace, file: PackageFile, words: Sequence[str], kept: Mapping[str, object] | None = None
) -> Package:
    """The ledger entry of a file of the county of which these words were not understood; `kept` are its details."""
    head = file.manifest
    revision = head.revision if isinstance(head, Return) else 0
    return Package(
        file.id, Way.IN, file.kind, head.unit, head.period, revision, signer=head.signer, plan=head.plan.digest,
        made=head.created, at=space.stamp, about=with_unread(kept or {}, words),
    )  # fmt: skip


def keep(space: Workspace, file: PackageFile, line: Package) -> Package:
    """Write the ledger entry, and the original where something of it is to be read later; returns the entry."""
    if line.about.get(UNREAD):
        line = replace(line, file=line.file or f"received/{file.id}.qd")
        if not (space.folder / line.file).is_file():
            keep_original(space, line, file.data)
    Ledger(space.store).keep(line)
    return line


def once_more(space: Workspace, file: PackageFile, known: Package, dry_run: bool) -> Outcome:
    """The outcome of a file that was taken in before: what was not understood of it then is taken in where it is now."""
    if known.about.get(UNREAD) and not dry_run:
        known = keep(space, file, known)  # its original may be lost
    clear = now_understood(known, file)
    if not clear:
        return outcome(file, Result.UNCHANGED, AGAIN)
    if dry_run:
        return outcome(file, Result.ACCEPTED, f"装入过，可以补读：{in_words(clear, file.described)}")
    return outcome(file, Result.ACCEPTED, complete(space, file, known))
