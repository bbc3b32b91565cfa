"""Who takes what (装入分派): one table, kind of file and role of the workspace → the function that takes it in."""

from collections.abc import Callable, Mapping

from exports.incoming.county_files import take_handout, take_own, take_receipt, take_return
from exports.incoming.outcome import Outcome
from exports.incoming.submissions import take_submission
from exports.incoming.work_team import take_card, take_team_handout
from exports.package.container import PackageFile
from exports.package.manifest import PackageKind
from models.refusals import Refused
from models.workspace import Workspace

Handler = Callable[[Workspace, PackageFile, bool], Outcome]
FOR_UNITS = "这是发给责任单位的文件，本机是县里用的工作区，没有装入"
FOR_OFFICE = "这是专班的登记文件，要由领导小组办公室装入，本机没有装入"

HANDLERS: Mapping[tuple[PackageKind, str], Handler] = {
    (PackageKind.SUBMISSION, "unit"): take_own,
    (PackageKind.SUBMISSION, "team"): take_submission,
    (PackageKind.SUBMISSION, "office"): take_submission,
    (PackageKind.HANDOUT, "unit"): take_handout,
    (PackageKind.HANDOUT, "team"): take_team_handout,
    (PackageKind.RECEIPT, "unit"): take_receipt,
    (PackageKind.RETURN, "unit"): take_return,
    (PackageKind.TEAM, "office"): take_card,
}


def take_package(space: Workspace, file: PackageFile, dry_run: bool) -> Outcome:
    """Take a package in, or say what would become of it. Raises Refused; then nothing was changed."""
    handler = HANDLERS.get((file.manifest.kind, space.role))
    if handler is None:
        raise Refused(FOR_OFFICE if file.manifest.kind == PackageKind.TEAM else FOR_UNITS)
    return handler(space, file, dry_run)
