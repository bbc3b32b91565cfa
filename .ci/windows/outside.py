"""The built Windows program looked at from outside: version, icon, manifest, x64, nothing of Wine, nothing missing."""

from pathlib import Path

import pefile

# Libraries that Windows 10 brings itself.
OF_WINDOWS = {
    "advapi32.dll", "authz.dll", "bcrypt.dll", "bcryptprimitives.dll", "cabinet.dll", "cfgmgr32.dll", "comctl32.dll", "comdlg32.dll",
    "crypt32.dll", "d3d11.dll", "d3d12.dll", "d3d9.dll", "dcomp.dll", "dnsapi.dll", "dwmapi.dll", "dwrite.dll",
    "dxgi.dll", "dxva2.dll", "gdi32.dll", "imm32.dll", "iphlpapi.dll", "kernel32.dll", "mpr.dll", "netapi32.dll",
    "ntdll.dll", "ole32.dll", "oleaut32.dll", "propsys.dll", "rpcrt4.dll", "secur32.dll", "setupapi.dll", "shcore.dll",
    "shell32.dll", "shlwapi.dll", "user32.dll", "userenv.dll", "uxtheme.dll", "version.dll", "winmm.dll",
    "winspool.drv", "ws2_32.dll", "wtsapi32.dll", "d2d1.dll", "ncrypt.dll", "winhttp.dll", "pdh.dll", "uiautomationcore.dll",
}  # fmt: skip
ICON, VERSION, MANIFEST = 3, 16, 24
LIBRARIES = (".dll", ".pyd", ".exe")


def wrong(folder: Path, version: str) -> list[str]:
    """What is wrong with the built folder, in sentences; [] when all is well."""
    found = [f for name in ("Qingdan.exe", "qingdan-cmd.exe") for f in wrong_start(folder / name, version)]
    return found + wrong_libraries(folder)


def wrong_start(path: Path, version: str) -> list[str]:
    """What is wrong with one exe."""
    pe = pefile.PE(str(path))
    kinds = {e.struct.Id: e for e in getattr(getattr(pe, "DIRECTORY_ENTRY_RESOURCE", None), "entries", ())}
    found = [] if pe.FILE_HEADER.Machine == 0x8664 else ["不是 64 位"]
    found += [] if pe.verify_checksum() else ["校验和不对"]
    found += [] if ICON in kinds and len(kinds[ICON].directory.entries) >= 6 else ["图标不足六种大小"]
    found += [] if words(pe).get("FileVersion") == f"{version}.0" else [f"版本不是 {version}.0：{words(pe)}"]
    found += [] if words(pe).get("ProductName") == "清单填报" else ["没有中文的产品名"]
    manifest = text(pe, kinds[MANIFEST]) if MANIFEST in kinds else ""
    found += [f"清单里没有 {w}" for w in ("asInvoker", "longPathAware") if w not in manifest]
    return [f"{path.name}: {f}" for f in found]


def words(pe: pefile.PE) -> dict[str, str]:
    """The strings of the version resource."""
    tables = [t for part in getattr(pe, "FileInfo", [[]])[0] if part.Key == b"StringFileInfo" for t in part.StringTable]
    return {k.decode(): v.decode() for t in tables for k, v in t.entries.items()}


def text(pe: pefile.PE, entry: pefile.Structure) -> str:
    """The first resource of a kind as text."""
    place = entry.directory.entries[0].directory.entries[0].data.struct
    content: str = pe.get_data(place.OffsetToData, place.Size).decode("utf-8", "replace")
    return content


def wrong_libraries(folder: Path) -> list[str]:
    """Libraries of Wine, of another machine, or that call for one that neither the bundle nor Windows has."""
    files = [p for p in folder.rglob("*") if p.suffix.lower() in LIBRARIES]
    have, found = {p.name.lower() for p in files}, []
    for path in files:
        if b"Wine builtin DLL" in path.read_bytes()[:4096]:
            found.append(f"{path.name}: 是 Wine 的文件")
        pe = pefile.PE(str(path), fast_load=True)
        pe.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"]])
        if pe.FILE_HEADER.Machine != 0x8664:
            found.append(f"{path.name}: 不是 64 位")
        for entry in getattr(pe, "DIRECTORY_ENTRY_IMPORT", []):
            name = entry.dll.decode().lower()
            if name not in have and name not in OF_WINDOWS and not name.startswith(("api-ms-", "ext-ms-")):
                found.append(f"{path.name}: 缺 {name}")
    return found
