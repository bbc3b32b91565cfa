"""The entry for developers: what it asks of a machine, and pins that agree with each other."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev

PROJECT = tomllib.loads((dev.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins(lock: str) -> dict[str, str]:
    """Name → version of every package of a lock file."""
    return dict(re.findall(r"^([\w.-]+)==([^ ]+)", dev.LOCKS[lock].read_text(), re.MULTILINE))


def named(requirements: list[str]) -> set[tuple[str, str]]:
    """Name and version of `Name==1.2` lines, written as a lock file writes them."""
    return {(name.lower().replace("_", "-"), version) for name, version in (r.split("==") for r in requirements)}


def test_the_locks_pin_what_the_project_asks_for() -> None:
    assert named(PROJECT["dependencies"]) <= pins("run").items()
    assert named(PROJECT["optional-dependencies"]["dev"]) <= pins("dev").items()


def test_whoever_has_the_packages_to_test_has_those_to_run() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_every_pin_has_hashes_and_no_address() -> None:
    for lock in dev.LOCKS.values():
        entries = re.split(r"\n(?=\S)", lock.read_text().strip())
        assert [e.split()[0] for e in entries if "==" not in e or "--hash=sha256:" not in e] == []


def test_a_package_the_machine_lacks_is_named() -> None:
    assert dev.present("program python3") or dev.present("program python")
    assert dev.present("module json")
    assert not dev.present("program no-such-program")
    assert not dev.present("library no-such-library")
    assert not dev.present("module no_such_module")


def test_an_unknown_job_gets_the_list_of_jobs(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, dev.__file__, "fly"], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert all(f"dev.py {job}" in done.stderr for job in dev.JOBS)


def test_torture_repeats_what_it_prints() -> None:
    names, count, seed = dev.torture_words(["kill", "--count", "50", "flip", "--seed", "7"])
    assert (names, count, seed) == (["kill", "flip"], "50", 7)
    names, count, seed = dev.torture_words([])
    assert (names, count) == ([], "full")
    assert 0 <= seed < 2**32


@pytest.mark.parametrize("words", [["--count"], ["--count", "0"], ["--seed", "x"], ["-x"], ["tests/ui"]])
def test_torture_asked_wrongly_says_how(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        dev.torture_words(words)
    assert stopped.value.code == 2
    assert "dev.py torture" in (said := capsys.readouterr().err) or words[0] in said
