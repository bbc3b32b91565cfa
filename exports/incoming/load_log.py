"""Writes one load into the county's intake log (收件簿): a file is judged and recorded in one transaction, so that an
interrupted load can be continued where it stopped.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from exports.incoming.kept_files import REFUSED, keep_any, keep_refused
from exports.incoming.outcome import Outcome
from forms.states import FileKind, Result
from models.errors import NotKept, cause
from models.ledger.intake_log import TAKEN_UP, IntakeLog, IntakeRecord
from models.ledger.ledger import ACCEPTED, Ledger
from models.store.atomic_file import new_files_undone
from models.workspace import Workspace


class LoadLog:
    """The records of one load, under a load number that is given with its first file."""

    def __init__(self, space: Workspace) -> None:
        self.space, self.log, self.load = space, IntakeLog(space.store), 0

    def known(self, data: bytes) -> IntakeRecord | None:
        """The record of the same bytes where they were taken in before and still count, so that the file need not be
        opened; None otherwise. None for a plan too: it may have been changed here since and is compared again.
        """
        line = self.log.seen(sha256(data).hexdigest())
        package = Ledger(self.space.store).get(line.package) if line else None
        return line if package and package.state == ACCEPTED and package.kind != FileKind.PLAN else None

    def judged(self, data: bytes, judge: Callable[[], Outcome]) -> Outcome:
        """Judge a file and record its outcome in one transaction; one that is refused is copied to refused/, one that
        waits for an answer to aside/.
        """
        with new_files_undone(), self.space.store.db.atomic():
            self.load = self.load or self.log.next_load()
            found = judge()
            folder = {Result.REFUSED: REFUSED, Result.WAITING: str(Result.ASIDE)}.get(found.result, "")
            self._note(found.record, data, folder)
        return found

    def put_aside(self, line: IntakeRecord, data: bytes, reason: str) -> None:
        """Record that a file is put aside for a reason; its bytes are kept in aside/."""
        self.load = self.load or self.log.next_load()
        with new_files_undone(), self.space.store.db.atomic():
            self._note(replace(line, result=Result.ASIDE, message=reason, package=""), data, Result.ASIDE)

    def _note(self, line: IntakeRecord, data: bytes, folder: str) -> None:
        file = ""
        keep = keep_refused if folder == REFUSED else keep_any
        try:
            kept = keep(self.space.folder, folder, Path(line.path), data) if folder and data else None
        except OSError as error:
            raise NotKept("intake.original-not-kept", cause=cause(error), folder=self.space.folder / folder) from None
        if kept is not None:
            file = kept.relative_to(self.space.folder).as_posix()
        digest = sha256(data).hexdigest() if data else ""
        path = line.path.encode("utf-8", "replace").decode()  # a name on disk need not be text
        self.log.note(replace(line, path=path, load=self.load, digest=digest, file=file, at=self.space.stamp))
        self._taken_up(digest, line)

    def _taken_up(self, digest: str, line: IntakeRecord) -> None:
        """Close earlier records of the same bytes that waited or were refused, once the file is taken in."""
        if line.package:
            self.log.end(self.log.waiting(digest), TAKEN_UP)
