#!/usr/bin/env python3
"""开发用的入口：装好一切，然后运行、测试、检查。只用标准库。

python3 dev.py run       装好依赖，打开窗口；没有显示器时用示例数据把全部工作做一遍
python3 dev.py test      装好依赖，跑全部测试（后面可以跟 pytest 的参数）
python3 dev.py lint      检查代码（加 --fix 自动整理）
python3 dev.py torture   跑满全部耐久试验
python3 dev.py bench     量速度
python3 dev.py lock      重做依赖锁定文件
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
LOCKS = {"run": ROOT / ".ci" / "lock" / "run.txt", "dev": ROOT / ".ci" / "lock" / "dev.txt"}
OUT = ROOT / "out"
PERIOD = "2024-10"
# What the system must bring: Debian package → (how to see that it is there, what needs it)
SYSTEM = {
    "python3-venv": ("module:ensurepip", ("run", "dev")),
    "libreoffice-calc-nogui": ("program:soffice", ("dev",)),
    "libegl1": ("library:EGL", ("dev",)),
    "libgl1": ("library:GL", ("dev",)),
    "libdbus-1-3": ("library:dbus-1", ("dev",)),
    "libxkbcommon0": ("library:xkbcommon", ("dev",)),
    "libfontconfig1": ("library:fontconfig", ("dev",)),
}


def say(text: str) -> None:
    """One line for the person who waits."""
    print(f"[dev] {text}", flush=True)


def stop(text: str) -> None:
    """Give up with a sentence that says what to do."""
    sys.exit(f"[dev] {text}")


def run(*command: "str | Path", **more: object) -> None:
    """Run a command in the project folder; a failure ends the whole run with its exit code."""
    done = subprocess.run([str(c) for c in command], cwd=ROOT, **more)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(done.returncode)


def python() -> Path:
    """The private environment's interpreter."""
    return ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


## system packages


def present(sign: str) -> bool:
    """Whether a program, a library or a Python module is on this machine."""
    kind, _, name = sign.partition(":")
    if kind == "program":
        return shutil.which(name) is not None
    if kind == "library":
        return ctypes.util.find_library(name) is not None
    return subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True).returncode == 0


def system(purpose: str) -> None:
    """See to the system packages: install them on Debian as root, otherwise say what to install."""
    if not sys.platform.startswith("linux"):
        return
    missing = [p for p, (sign, needs) in SYSTEM.items() if purpose in needs and not present(sign)]
    if not missing:
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        say("本机还缺这些系统软件，请先安装：sudo apt-get install " + " ".join(missing))
        return
    say("安装系统软件：" + " ".join(missing))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-q", env=quiet, stdout=subprocess.DEVNULL)
    run("apt-get", "install", "-y", "-q", "--no-install-recommends", *missing, env=quiet, stdout=subprocess.DEVNULL)


## the private environment


def prepare(purpose: str) -> None:
    """System packages, the environment, and the pinned packages; nothing is done twice."""
    system(purpose)
    lock = LOCKS[purpose]
    stamp = ENV / f"{purpose}.stamp"
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    if python().exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not python().exists():
        say(f"建立虚拟环境：{ENV}")
        run(sys.executable, "-m", "venv", ENV)
    say("安装锁定的依赖……")
    run(
        python(),
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
        "-r",
        lock,
    )
    stamp.write_text(wanted)


## the jobs


def has_display() -> bool:
    """Whether a window can be shown here."""
    return os.name == "nt" or sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def main_py(*args: "str | Path") -> None:
    """The program itself, on the workspace of this run."""
    run(python(), "main.py", "--data", OUT / "工作区", *args)


def job_run(args: list[str]) -> None:
    """The window on sample data, or the whole job without one."""
    prepare("run")
    if (ROOT / "ui").exists() and has_display():
        run(python(), "main.py", *args)
        return
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    steps = (
        ("建立县里的工作区", ("init", "--role", "office")),
        ("写入全部单位的示例数据", ("demo", "--period", PERIOD)),
        ("审核", ("check",)),
        ("生成全部单位的表", ("forms", "--out", OUT / "表")),
        ("生成手工填写的空表", ("forms", "--out", OUT / "空表", "--blank")),
        ("备份", ("backup",)),
    )
    for number, (caption, step) in enumerate(steps, 1):
        say(f"{number}/{len(steps)} {caption}")
        main_py(*step)
    plan = subprocess.run([python(), "main.py", "plan", "--json"], cwd=ROOT, capture_output=True, check=True)
    (OUT / "方案.json").write_bytes(plan.stdout)
    say(f"做完了。结果在：{OUT}（表、空表、方案.json；数据在“工作区”，都是示例数据）")


def pytest(*args: "str | Path", **env: str) -> None:
    """Run pytest in the private environment, without a screen."""
    prepare("dev")
    run(python(), "-m", "pytest", *args, env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **env})


def job_test(args: list[str]) -> None:
    """All tests, on all cores."""
    pytest(*(args or ["-n", "auto"]))


def job_torture(args: list[str]) -> None:
    """The same tests with their full counts of faults."""
    pytest(*(args or ["-n", "auto"]), QINGDAN_TORTURE="full")


def job_bench(args: list[str]) -> None:
    """Every benchmark, one after another."""
    prepare("dev")
    for script in sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py")):
        if not args or any(word in script.name for word in args):
            run(python(), "-m", f"tests.benchmarks.{script.stem}")


def job_lint(args: list[str]) -> None:
    """Style, unused and doubtful code, types."""
    prepare("dev")
    fix = "--fix" in args
    run(python(), "-m", "ruff", "check", *(["--fix"] if fix else []), ".")
    run(python(), "-m", "ruff", "format", *([] if fix else ["--check"]), ".")
    run(python(), "-m", "mypy")


def job_lock(_args: list[str]) -> None:
    """Pin every package with its hashes."""
    prepare("dev")
    run(python(), "-m", "pip", "install", "-q", "pip-tools==7.6.2")
    options = ("-q", "--generate-hashes", "--no-annotate", "--no-header", "--strip-extras", "--allow-unsafe",
               "--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host", "pyproject.toml")  # fmt: skip
    run(python(), "-m", "piptools", "compile", *options, "-o", LOCKS["run"])
    run(python(), "-m", "piptools", "compile", *options, "--extra", "dev", "-o", LOCKS["dev"])


JOBS = {
    "run": job_run,
    "test": job_test,
    "torture": job_torture,
    "bench": job_bench,
    "lint": job_lint,
    "lock": job_lock,
}


def main() -> None:
    """Do the job named on the command line."""
    if sys.version_info < (3, 11):  # noqa: UP036 - for those who start it with an old one
        stop(f"需要 Python 3.11 或更新（needs Python 3.11 or newer），现在是 {sys.version.split()[0]}")
    job = JOBS.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if job is None:
        stop((__doc__ or "").strip())
    else:
        job(sys.argv[2:])


if __name__ == "__main__":
    main()
