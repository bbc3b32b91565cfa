"""Where a user's data lie when no folder is named."""

import os
import sys
from pathlib import Path

PORTABLE = "便携.txt"  # beside the program: the data stay in the program's own folder, which travels on a stick
LEAST_WINDOWS = (10, 0, 17763)  # 1809; the window library starts on nothing older


def beside() -> Path | None:
    """The folder of the built program; None when run from the source."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def default_folder() -> Path:
    """Beside the program where the portable mark lies, otherwise the user's own folder for data of programs."""
    home = beside()
    if home and (home / PORTABLE).exists():
        return home / "数据"
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "Qingdan"


def too_old() -> str:
    """A sentence where this Windows is too old for the program, otherwise ''."""
    found = getattr(sys, "getwindowsversion", lambda: None)()
    if found is None or tuple(found)[:3] >= LEAST_WINDOWS:
        return ""
    name = ".".join(map(str, tuple(found)[:3]))
    return (
        f"清单填报要在 Windows 10（1809 版）或更新的系统上运行，这台电脑是 Windows {name}。请换一台电脑，或先升级系统。"
    )
