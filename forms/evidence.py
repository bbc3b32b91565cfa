"""佐证: the kind of a cell that names papers and holds files, and the names that files may bear."""

import json
import re
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.kind import Kind, Unreadable, Value


@dataclass(frozen=True)
class Attachment:
    """A piece of evidence: its name, and the SHA-256 of the file (empty while only the paper exists)."""

    name: str
    sha256: str = ""


BETWEEN = re.compile(r"[、;；\n]")  # separates the names of a cell
RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))))
NAME_LIMIT = 60


def safe_name(name: str) -> str:
    """A file's name that every system can write and that a cell can hold: no path, no marks, no device's name."""
    last = re.split(r"[/\\]", name.strip())[-1]
    kept = "".join(c if c.isprintable() and c not in '<>:"|?*、;；' else "_" for c in last).strip(" .") or "附件"
    stem, dot, end = kept.rpartition(".")
    if not stem or len(end) > 10:
        stem, dot, end = kept, "", ""
    stem = f"_{stem}" if stem.split(".")[0].strip().lower() in RESERVED else stem
    return f"{stem[: NAME_LIMIT - len(end) - 1].rstrip(' .')}{dot}{end}"


class Files(Kind):
    """Evidence: a tuple of Attachments; typed text names papers without a file."""

    json: ClassVar[str] = "array"
    has_files: ClassVar[bool] = True

    def files(self, value: Value) -> tuple[Attachment, ...]:
        return tuple(a for a in value or () if a.sha256)

    def parse(self, typed: str) -> Value:
        names = [n.strip() for n in BETWEEN.split(typed)]
        return tuple(Attachment(n) for n in names if n) or None

    def keep(self, value: Value, before: Value) -> Value:
        """The value typed over `before`: names that were there keep their files, which text cannot express."""
        files = [a for a in before or () if a.sha256]
        found = []
        for a in value or ():
            same = None if a.sha256 else next((f for f in files if f.name == a.name), None)
            if same is not None:
                files.remove(same)
            found.append(same or a)
        return tuple(found) or None

    def show(self, value: Value) -> str:
        return "、".join(a.name for a in value or ())

    def write(self, value: Value) -> str:
        return json.dumps([[a.name, a.sha256] for a in value], ensure_ascii=False) if value else ""

    def read(self, text: str) -> Value:
        try:
            return tuple(_attachment(pair) for pair in json.loads(text)) or None if text else None
        except (ValueError, TypeError, RecursionError):
            raise Unreadable("附件的写法读不懂") from None


def _attachment(pair: Any) -> Attachment:
    name, digest = pair
    if not isinstance(name, str) or not re.fullmatch(r"([0-9a-f]{64})?", digest):
        raise ValueError(name)
    return Attachment(name, digest)
