"""Copies, in the workspace's folder, of files that were refused or put aside (拒收、先放着), with a list of the
reasons.
"""

from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from exports.incoming.outcome import Outcome
from exports.package.container import FILE_LIMIT
from forms.states import Result
from models.errors import NotKept
from models.store.atomic_file import replacing
from models.store.clock import now_here
from models.store.data_folder import FILE

REFUSED = "refused"
FORBIDDEN = '<>:"/\\|?*'
DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
LONGEST_STEM, LONGEST_SUFFIX = 70, 10  # characters; a name may have 255 bytes
STORE, KEY = b"SQLite format 3", b"AGE-SECRET-KEY-1"  # how a store begins, and a key in any text


def keep_any(space: Path, folder: str, path: Path, data: bytes) -> Path | None:
    """Copy a file into a subfolder of the workspace; returns the path of the copy."""
    return keep_copy(space / folder, safe_name(path.name), data)


def safe_name(name: str) -> str:
    """The name in a form that every file system takes: without characters and device names that Windows reserves, short
    enough in UTF-8, never empty. Names from mails and zips can be anything.
    """
    plain = "".join("_" if c in FORBIDDEN or not c.isprintable() else c for c in name).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    if not stem or len(suffix) > LONGEST_SUFFIX:
        stem, dot, suffix = plain, "", ""
    stem = f"_{stem}" if stem.upper() in DEVICES else stem
    return f"{stem[:LONGEST_STEM]}{dot}{suffix}" or "没有名字"


def keep_refused(space: Path, folder: str, path: Path, data: bytes) -> Path | None:
    """Copy a refused file; None where it is not copied: it is kept in the workspace already, is larger than any file we
    load, or holds secrets (a store or a recovery key). The same bytes are kept once.
    """
    ours = "\0" not in str(path) and space.resolve() in path.resolve().parents
    secret = data.startswith(STORE) or KEY in data or "恢复密钥" in path.name
    if ours or secret or len(data) > FILE_LIMIT:
        return None
    there = (space / folder).iterdir() if (space / folder).is_dir() else ()
    same = (p for p in there if p.is_file() and p.stat().st_size == len(data) and p.read_bytes() == data)
    return next(same, None) or keep_any(space, folder, path, data)


def keep_copy(folder: Path, name: str, data: bytes) -> Path:
    """Write a copy under its own name, with a number added where another file has that name; nothing is overwritten.
    Returns the path.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path, n = folder / name, 1
    while path.exists() and path.read_bytes() != data:
        n += 1
        path = folder / f"{Path(name).stem}-{n}{Path(name).suffix}"
    if not path.exists():
        with replacing(path) as part:
            part.write_bytes(data)
    return path


def keep_refused_files(folder: Path, outcomes: Sequence[Outcome]) -> Path | None:
    """Copy the refused files into refused/ with a list of the reasons; returns the folder, None where nothing was
    refused.
    """
    refused = [o for o in outcomes if o.result == Result.REFUSED]
    if not refused or not (folder / FILE).exists():
        return None
    target = folder / REFUSED
    with suppress(OSError, NotKept):
        target.mkdir(exist_ok=True)
        reasons = target / "原因.txt"
        known = reasons.read_text(encoding="utf-8-sig").splitlines() if reasons.exists() else []
        for o in refused:
            mark, line = _kept(folder, o)
            if not any(mark in k and k.endswith(line) for k in known):
                known.append(f"{now_here():%Y-%m-%d %H:%M}　{o.path}（{mark}）{line}")
        reasons.write_text("".join(f"{k}\n" for k in known), encoding="utf-8-sig", errors="replace")
    return target


def _kept(folder: Path, o: Outcome) -> tuple[str, str]:
    """Copy a refused file; returns its key among equal files, and the reason."""
    path, mark = Path(o.path), "没有留原件：" + o.path
    if path.is_file() and path.stat().st_size <= FILE_LIMIT:
        data = path.read_bytes()
        kept = keep_refused(folder, REFUSED, path, data)
        mark = f"{'' if kept else '没有留原件，'}{sha256(data).hexdigest()[:12]}"
    return mark, f": {o.message}"
