"""The finished files tried out in Wine as a user would: install, self-test, upgrade, uninstall, and the portable zip."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from sign import is_signed, sign
from wine import PREFIX, Wine, say

TOLD = 600  # characters of what a step said that are kept
HOME = PREFIX / "drive_c" / "users"


class Trial:
    """Steps with their verdicts; `work` is a folder with Chinese and spaces in its name."""

    def __init__(self, wine: Wine, work: Path, files: dict[str, Path], certificate: dict[str, str]) -> None:
        self.wine, self.work, self.files, self.certificate = wine, work, files, certificate
        self.steps: list[dict[str, Any]] = []

    def step(self, name: str, ok: bool, told: object = "") -> None:
        """One verdict, said at once."""
        self.steps.append({"name": name, "ok": bool(ok), "told": told if isinstance(told, list) else str(told)[-TOLD:]})
        say(f"{'通过' if ok else '没有通过'}　{name}{'　' + str(told)[:300] if not ok else ''}")

    def play(self) -> bool:
        """Everything; gives whether all went well."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        program = self.work / "程序安装处"  # no space: Wine would put NSIS's last word in quotes
        data = self.user() / "AppData" / "Local" / "Qingdan"
        shutil.rmtree(data, ignore_errors=True)
        self.setup("安装旧版", self.files["old"], program)
        (program / "_internal" / "旧版留下的.dll").write_text("stale")
        made = self.command(program, "init", "--role", "unit", "--unit", "瓦屋塘镇")
        self.step("在默认位置建立工作区", (data / "qingdan.db").exists(), made)
        self.setup("升级", self.files["setup"], program)
        self.step("升级清掉了旧的库", not (program / "_internal" / "旧版留下的.dll").exists())
        shown = self.command(program, "check")
        self.step("升级后数据还在", "审核了1个单位" in shown, shown)
        self.registered(program)
        self.selftest("装好的程序自检", program)
        self.newer_store(program)
        self.signed(program)
        self.uninstall(program, data)
        self.portable()
        self.old_windows()
        return all(s["ok"] for s in self.steps)

    def user(self) -> Path:
        """The home of Wine's only user."""
        return next(p for p in HOME.iterdir() if p.name != "Public")

    def setup(self, name: str, setup: Path, program: Path) -> None:
        """Silent installation; NSIS wants its folder last and without quotes."""
        code, told = self.wine.run(setup, "/S", f"/D={self.wine.folder(program)}")
        self.step(name, code == 0 and (program / "Qingdan.exe").exists(), told)
        if setup == self.files["old"]:
            self.step("安装程序和卸载程序的签名", is_signed(setup) and is_signed(program / "uninstall.exe"))

    def command(self, program: Path, *words: str) -> str:
        """What the command line of the program says."""
        return self.wine.run(program / "qingdan-cmd.exe", *words)[1]

    def registered(self, program: Path) -> None:
        """The file type and the uninstaller, where Windows looks for them."""
        command = self.wine.run("reg", "query", r"HKCU\Software\Classes\Qingdan.File\shell\open\command", "/ve")[1]
        self.step(".qd 用本程序打开", "--open" in command and "Qingdan.exe" in command, command)
        links = list(self.user().rglob("清单填报.lnk"))
        self.step("开始菜单里有", bool(links), [str(p) for p in links])

    def selftest(self, name: str, program: Path) -> dict[str, Any]:
        """The program's own month; its pictures are kept."""
        out = self.work / f"{name} 结果"
        code, told = self.wine.run(program / "Qingdan.exe", "--selftest", self.wine.folder(out))
        report = json.loads((out / "report.json").read_text("utf-8")) if (out / "report.json").exists() else {}
        bad = [s for s in report.get("steps", []) if not s["ok"]]
        self.step(name, code == 0 and bool(report.get("ok")), bad or told)
        return report

    def newer_store(self, program: Path) -> None:
        """A newer store is not opened by this program."""
        folder = self.work / "更新的数据"
        self.wine.run(program / "qingdan-cmd.exe", "--data", self.wine.folder(folder), "init", "--role", "office")
        store = folder / "qingdan.db"
        data = bytearray(store.read_bytes())
        data[60:64] = (99).to_bytes(4, "big")  # user_version in SQLite's file header
        store.write_bytes(data)
        code, told = self.wine.run(program / "qingdan-cmd.exe", "--data", self.wine.folder(folder), "status")
        self.step("不打开更新版本的数据", code == 1 and "请先更新程序" in told, told)

    def signed(self, program: Path) -> None:
        """What the signing leaves behind still starts; a certificate made for the trial stands for the real one."""
        start = program / "qingdan-cmd.exe"
        kept = start.read_bytes()
        self.step("用自签证书签名", sign(start, self.certificate) and is_signed(start))
        told = self.command(program, "plan")
        self.step("签过名的程序能启动", "行动" in told, told)
        start.write_bytes(kept)

    def uninstall(self, program: Path, data: Path) -> None:
        """Silent removal; what the user typed stays. The uninstaller copies itself away, so its answer comes early."""
        self.wine.run(program / "uninstall.exe", "/S", f"_?={self.wine.folder(program)}")
        (program / "uninstall.exe").unlink(missing_ok=True)
        left = [p.name for p in program.iterdir()] if program.exists() else []
        self.step("卸载干净", not left, left)
        self.step("卸载后数据还在", (data / "qingdan.db").exists())

    def portable(self) -> None:
        """From a second folder, with its data beside it."""
        folder = self.work / "U盘 绿色版"
        with zipfile.ZipFile(self.files["portable"]) as packed:
            packed.extractall(folder)
        program = folder / "Qingdan"
        self.command(program, "init", "--role", "unit", "--unit", "瓦屋塘镇")
        self.step("绿色版的数据在程序旁边", (program / "数据" / "qingdan.db").exists())
        self.selftest("绿色版自检", program)

    def old_windows(self) -> None:
        """Windows 7 is told so: by the setup, which installs nothing, by Python, and where Python cannot start."""
        program, portable = self.work / "旧系统", self.work / "U盘 绿色版" / "Qingdan"
        self.wine.must("winecfg", "-v", "win7")
        code, told = self.wine.run(self.files["setup"], "/S", f"/D={self.wine.folder(program)}")
        self.step("旧系统上不安装", code == 3 and not program.exists(), f"{code} {told}")
        code, told = self.wine.run(portable / "qingdan-cmd.exe", "plan")
        self.step("旧系统上说明为什么打不开", code == 1 and "Windows 6.1" in told, told)
        speaker = portable / "_internal" / "api-ms-win-core-path-l1-1-0.dll"
        library = Path(shutil.copy(speaker, self.work / "old_windows.dll"))  # Wine has one of its own under that name
        code, told = self.wine.run("rundll32", f"{self.wine.folder(library)},PathCchSkipRoot", QINGDAN_QUIET="1")
        self.step("Python 起不来的旧系统上也说明", code == 3, f"{code} {told}")
        self.wine.must("winecfg", "-v", "win10")
