"""The removable drives that are plugged in."""

import ctypes
import sys
from pathlib import Path

from PySide6.QtCore import QStorageInfo

REMOVABLE = 2  # what Windows says of a stick


def removable() -> list[tuple[Path, str]]:
    """Folder and caption of every removable drive that can be written to, with its free space."""
    found = [v for v in QStorageInfo.mountedVolumes() if v.isValid() and v.isReady() and not v.isReadOnly()]
    return [(Path(v.rootPath()), _caption(v)) for v in found if _is_removable(v.rootPath())]


def _caption(volume: QStorageInfo) -> str:
    return f"U盘 {volume.displayName() or volume.rootPath()}（可用{volume.bytesAvailable() >> 20}MB）"


def _is_removable(root: str) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == REMOVABLE)
    return root.startswith(("/media/", "/run/media/"))
