"""装入分派: one table that maps kind of file and role of the workspace to the function that takes it in."""

from collections.abc import Callable, Mapping

from exports.incoming.county_files import take_handout, take_own, take_receipt, take_return
from exports.incoming.outcome import Outcome
from exports.incoming.submissions import take_submission
from exports.incoming.work_team import take_card, take_team_handout
from exports.package.container import PackageFile
from exports.package.manifest import HandOut, Manifest, Receipt, Return, Submission, TeamCard
from forms.states import Role
from models.refusals import Refused
from models.workspace import Workspace

Handler = Callable[[Workspace, PackageFile, bool], Outcome]

HANDLERS: Mapping[tuple[type[Manifest], str], Handler] = {
    (Submission, Role.UNIT): take_own,
    (Submission, Role.TEAM): take_submission,
    (Submission, Role.OFFICE): take_submission,
    (HandOut, Role.UNIT): take_handout,
    (HandOut, Role.TEAM): take_team_handout,
    (Receipt, Role.UNIT): take_receipt,
    (Return, Role.UNIT): take_return,
    (TeamCard, Role.OFFICE): take_card,
}


def take_package(space: Workspace, file: PackageFile, dry_run: bool) -> Outcome:
    """Take a package in, or in a dry run return what would become of it. Raises Refused; then nothing was changed."""
    handler = HANDLERS.get((type(file.manifest), space.role))
    if handler is None:
        raise Refused(file.manifest.elsewhere)
    return handler(space, file, dry_run)
