"""Handles the errors of one file of a load (逐个文件的围栏), so that the next file is still taken in: a UserError
becomes a refusal with its sentence, any other exception is logged as a bug of ours.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from exports.incoming.bugs import bug
from exports.incoming.collect import IncomingFile
from exports.incoming.outcome import Outcome, outcome
from forms.states import Result, Role
from models.errors import NotKept, UserError, is_store_trouble
from models.refusals import NOT_FOR_OFFICE, NOT_FOR_US, Refused
from models.store.atomic_file import new_files_undone
from models.workspace import Workspace


def fenced(file: IncomingFile, space: Workspace | None, take: Callable[[], Outcome]) -> Outcome:
    """The outcome of `take`, or a refusal where it raised; what it had begun to write is undone. Raises NotKept and
    StoreError, which are about the workspace and not about the file.
    """
    try:
        if space is None:
            return take()
        with _all_or_nothing(space):
            return take()
    except NotKept:
        raise
    except UserError as why:
        strange = why.id == NOT_FOR_US and space is not None and space.role != Role.UNIT
        return refused(file, Refused(NOT_FOR_OFFICE) if strange else why)
    except Exception as error:
        if is_store_trouble(error):
            raise
        return refused(file, bug(file.name, error))


@contextmanager
def _all_or_nothing(space: Workspace) -> Iterator[None]:
    """A transaction: when the block raises, the store, the folder's files and the plan in force are as before."""
    plan = space.plan
    try:
        with new_files_undone(), space.store.db.atomic():
            yield
    except BaseException:
        if space.plan is not plan:
            space.take_plan(plan)
        raise


def refused(file: IncomingFile, why: UserError) -> Outcome:
    """The outcome of a refused file, with what is known of it."""
    if file.package is None:
        return Outcome(file.name, "", "", "", 0, Result.REFUSED, str(why))
    return outcome(file.package, Result.REFUSED, str(why))
