"""The county's book of what came in: each file is judged and noted in one transaction, so that a load broken off at
any moment is taken up again where it was.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from exports.files import replacing
from exports.package.container import FILE_LIMIT
from models.errors import NotKept
from models.ledger.intake_log import ASIDE, TAKEN_UP, Arrivals, Arrived
from models.ledger.ledger import ACCEPTED, Ledger
from models.store.clock import now_here
from models.workspace import FILE, Workspace

if TYPE_CHECKING:
    from exports.incoming.load import Arrival

REFUSED = "refused"
STORE, KEY = b"SQLite format 3", b"AGE-SECRET-KEY-1"  # how a store begins, and a key in any text


class Register:
    """One load. It gets its number with its first file."""

    def __init__(self, space: Workspace) -> None:
        self.space, self.book, self.load = space, Arrivals(space.store), 0

    def known(self, data: bytes) -> Arrived | None:
        """The same bytes, taken in before and still counting: nothing has to be opened again. A plan is compared anew: it
        may have been changed here since.
        """
        line = self.book.seen(sha256(data).hexdigest())
        package = Ledger(self.space.store).get(line.package) if line else None
        return line if package and package.state == ACCEPTED and package.kind != "plan" else None

    def judged(self, data: bytes | str, judge: Callable[[], Arrived]) -> None:
        """Judge a file and note what became of it, as one; a refused one leaves a copy in refused/."""
        with self.space.store.db.atomic():
            self.load = self.load or self.book.next_load()
            line = judge()
            self._note(line, data, REFUSED if line.result == "refused" else "")

    def put_aside(self, line: Arrived, data: bytes | str, reason: str) -> None:
        """Leave a file for later, with a reason; its bytes are kept in aside/."""
        self.load = self.load or self.book.next_load()
        with self.space.store.db.atomic():
            aside = Arrived(**{**line.__dict__, "result": ASIDE, "message": reason, "package": ""})
            self._note(aside, data, ASIDE)

    def _note(self, line: Arrived, data: bytes | str, folder: str) -> None:
        content = data if isinstance(data, bytes) else b""
        file = ""
        keep = keep_refused if folder == REFUSED else keep_any
        kept = keep(self.space.folder, folder, Path(line.path), content) if folder and content else None
        if kept is not None:
            file = kept.relative_to(self.space.folder).as_posix()
        about = {"load": self.load, "digest": sha256(content).hexdigest() if content else "", "file": file, "at": ""}
        self.book.note(Arrived(**{**line.__dict__, **about}))
        self._taken_up(about["digest"], line)

    def _taken_up(self, digest: object, line: Arrived) -> None:
        """Earlier lines of the same bytes that waited or were refused are done with once the file is in."""
        if line.package:
            self.book.end(self.book.waiting(str(digest)), TAKEN_UP)


def keep_any(space: Path, folder: str, path: Path, data: bytes) -> Path | None:
    """A copy of a file in a folder of the workspace."""
    return keep_copy(space / folder, path.name, data)


def keep_refused(space: Path, folder: str, path: Path, data: bytes) -> Path | None:
    """A copy of a refused file; None where none is wanted: it lies with us anyway, is larger than anything we load, or
    holds secrets: a store or a recovery key. The same bytes are kept once.
    """
    ours = space.resolve() in path.resolve().parents
    secret = data.startswith(STORE) or KEY in data or "恢复密钥" in path.name
    if ours or secret or len(data) > FILE_LIMIT:
        return None
    there = (space / folder).iterdir() if (space / folder).is_dir() else ()
    same = (p for p in there if p.is_file() and p.stat().st_size == len(data) and p.read_bytes() == data)
    return next(same, None) or keep_any(space, folder, path, data)


def keep_copy(folder: Path, name: str, data: bytes) -> Path:
    """A copy under its own name; beside another file of that name under a number. Nothing is ever written over."""
    folder.mkdir(parents=True, exist_ok=True)
    path, n = folder / name, 1
    while path.exists() and path.read_bytes() != data:
        n += 1
        path = folder / f"{Path(name).stem}-{n}{Path(name).suffix}"
    if not path.exists():
        with replacing(path) as part:
            part.write_bytes(data)
    return path


def aside(folder: Path, arrivals: Sequence["Arrival"]) -> Path | None:
    """Keep refused files under 已拒收, with a list of the reasons; None where nothing was refused."""
    refused = [a for a in arrivals if a.result == "refused"]
    if not refused or not (folder / FILE).exists():
        return None
    target = folder / REFUSED
    with suppress(OSError, NotKept):
        target.mkdir(exist_ok=True)
        reasons = target / "原因.txt"
        known = reasons.read_text(encoding="utf-8-sig").splitlines() if reasons.exists() else []
        for a in refused:
            mark, line = _kept_aside(folder, a)
            if not any(mark in k and k.endswith(line) for k in known):
                known.append(f"{now_here():%Y-%m-%d %H:%M}　{a.path}（{mark}）{line}")
        reasons.write_text("".join(f"{k}\n" for k in known), encoding="utf-8-sig")
    return target


def _kept_aside(folder: Path, a: "Arrival") -> tuple[str, str]:
    """Copy a refused file; gives what tells equal files, and the reason."""
    path, mark = Path(a.path), "没有留原件：" + a.path
    if path.is_file() and path.stat().st_size <= FILE_LIMIT:
        data = path.read_bytes()
        kept = keep_refused(folder, REFUSED, path, data)
        mark = f"{'' if kept else '没有留原件，'}{sha256(data).hexdigest()[:12]}"
    return mark, f": {a.message}"
