"""Who takes what (装入分派): one table, kind of file and role of the workspace → the function that takes it in."""

from collections.abc import Callable, Mapping

from exports.incoming.county_files import take_handout, take_own, take_receipt, take_return
from exports.incoming.outcome import Outcome
from exports.incoming.submissions import take_submission
from exports.incoming.work_team import take_card, take_team_handout
from exports.package.container import PackageFile
from exports.package.manifest import Kind
from models.refusals import Refused
from models.workspace import Workspace

Handler = Callable[[Workspace, PackageFile, bool], Outcome]
FOR_UNITS = "这是发给责任单位的文件，本机是县里用的工作区，没有装入"
FOR_OFFICE = "这是专班的登记文件，要由领导小组办公室装入，本机没有装入"

HANDLERS: Mapping[tuple[Kind, str], Handler] = {
    (Kind.SUBMISSION, "unit"): take_own,
    (Kind.SUBMISSION, "team"): take_submission,
    (Kind.SUBMISSION, "office"): take_submission,
    (Kind.HANDOUT, "unit"): take_handout,
    (Kind.HANDOUT, "team"): take_team_handout,
    (Kind.RECEIPT, "unit"): take_receipt,
    (Kind.RETURN, "unit"): take_return,
    (Kind.TEAM, "office"): take_card,
}


def take_package(space: Workspace, file: PackageFile, dry_run: bool) -> Outcome:
    """Take a package in, or say what would become of it. Raises Refused; then nothing was changed."""
    handler = HANDLERS.get((file.manifest.kind, space.role))
    if handler is None:
        raise Refused(FOR_OFFICE if file.manifest.kind == Kind.TEAM else FOR_UNITS)
    return handler(space, file, dry_run)
