"""The folder of the user's data when no folder is named."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from models.errors import UserError, cause
from models.store.atomic_file import replacing

PORTABLE = "便携.txt"  # beside the program: the data stay in the program's own folder, which travels on a stick
MOVED = "数据位置.txt"  # in the user's own folder: the data lie in the folder that it names
FOLDER, FILE = "清单填报", "qingdan.db"
LEAST_WINDOWS = (10, 0, 17763)  # 1809; the window library starts on nothing older


def beside() -> Path | None:
    """The folder of the built program; None when run from the source."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def is_portable() -> bool:
    """Whether the data travel with the program."""
    home = beside()
    return home is not None and (home / PORTABLE).exists()


def own_folder() -> Path:
    """Beside the program where the portable mark lies, otherwise the user's own folder for data of programs."""
    home = beside()
    if home and is_portable():
        return home / "数据"
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "Qingdan"


def default_folder() -> Path:
    """The folder that was chosen at the first start, otherwise one's own."""
    own = own_folder()
    try:
        named = "" if is_portable() else (own / MOVED).read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        named = ""
    return Path(named) if named else own


def remember(folder: Path) -> None:
    """Let the next start find the data in `folder`; nothing is noted for one's own. Raises UserError."""
    own = own_folder()
    if folder == own:
        forget()
        return
    try:
        own.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("data-folder.not-noted", cause=cause(error), file=own) from None
    with replacing(own / MOVED) as part:
        part.write_text(f"{folder}\n", "utf-8")


def forget() -> None:
    """Use one's own folder at the next start; the folder is removed if nothing else is in it."""
    own = own_folder()
    (own / MOVED).unlink(missing_ok=True)
    with suppress(OSError):
        own.rmdir()


def place_in(chosen: Path) -> Path:
    """Where the data lie when a person points to `chosen`: there, or in a folder of their own beside what is there.
    Raises UserError where data are not safe or cannot be written.
    """
    if str(chosen).startswith(("\\\\", "//")):
        raise UserError("data-folder.network", folder=chosen)
    try:
        empty = not chosen.exists() or not any(chosen.iterdir())
    except OSError as error:
        raise UserError("data-folder.unreachable", cause=cause(error), folder=chosen) from None
    plain = empty or (chosen / FILE).exists() or chosen == own_folder()
    place = chosen if plain else chosen / FOLDER
    there = next(p for p in (place, *place.parents) if p.exists())
    if not os.access(there, os.W_OK):
        raise UserError("data-folder.read-only", folder=place)
    return place


def too_old() -> str:
    """A sentence where this Windows is too old for the program, otherwise ''."""
    found = getattr(sys, "getwindowsversion", lambda: None)()
    if found is None or tuple(found)[:3] >= LEAST_WINDOWS:
        return ""
    name = ".".join(map(str, tuple(found)[:3]))
    return (
        f"清单填报要在 Windows 10（1809 版）或更新的系统上运行，这台电脑是 Windows {name}。请换一台电脑，或先升级系统。"
    )
