"""The removable drives that are plugged in."""

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from models.errors import UserError

REMOVABLE, REMOTE = 2, 4  # GetDriveType: a removable drive, and a network drive
SYSTEMS = {"vfat": "FAT32", "msdos": "FAT", "fuseblk": "NTFS", "ntfs3": "NTFS", "exfat": "exFAT"}  # usual names


@dataclass(frozen=True)
class Drive:
    """A removable drive: its folder, label, file system, free bytes, and whether it is writable."""

    folder: Path
    name: str
    system: str
    free: int
    writable: bool = True

    @property
    def caption(self) -> str:
        """Label and path: KINGSTON（E:）."""
        at = str(self.folder).rstrip("\\/") if sys.platform == "win32" else ""
        name = self.name or "U盘"
        return f"{name}（{at}）" if at and at not in name else name

    @property
    def details(self) -> str:
        """File system, free space and whether it is writable; unknown parts are omitted."""
        return "　".join(
            filter(None, (self.system, f"空 {size(self.free)}", "可写" if self.writable else "写保护，不能写"))
        )


def size(number: int) -> str:
    """Bytes in a readable unit: 184 KB, 3.2 GB."""
    for step, unit in ((30, "GB"), (20, "MB")):
        if number >> step:
            return f"{number / (1 << step):.1f} {unit}".replace(".0 ", " ")
    return f"{max(1, number >> 10)} KB" if number else "0 KB"


def removable() -> list[Drive]:
    """All removable drives that are plugged in."""
    found = [v for v in QStorageInfo.mountedVolumes() if v.isValid() and v.isReady() and _is_removable(v.rootPath())]
    return [_drive(v) for v in found]


def _drive(volume: QStorageInfo) -> Drive:
    root = Path(volume.rootPath())
    system = bytes(volume.fileSystemType().data()).decode("ascii", "replace")
    name = volume.name() or (root.name if sys.platform != "win32" else "")
    return Drive(root, name, SYSTEMS.get(system, system), volume.bytesAvailable(), not volume.isReadOnly())


def must_stay(folder: Path) -> None:
    """Check that a folder can hold the data. Raises UserError for one on a removable or network drive."""
    root = QStorageInfo(str(folder)).rootPath()
    if _is_removable(root) or _is_remote(root):
        raise UserError("data-folder.removable", folder=folder)


def _is_remote(root: str) -> bool:
    return sys.platform == "win32" and bool(ctypes.windll.kernel32.GetDriveTypeW(root) == REMOTE)


def _is_removable(root: str) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == REMOVABLE)
    return root.startswith(("/media/", "/run/media/"))
