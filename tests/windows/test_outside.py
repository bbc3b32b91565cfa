"""The built Windows program is looked at from outside; what is wrong with it is said in sentences."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / ".ci" / "windows"))
from outside import wrong, wrong_libraries
from sign import options

from tests.windows.programs import X86, program


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("fine.dll", program(["KERNEL32.dll", "api-ms-win-crt-heap-l1-1-0.dll"]), []),
        ("hungry.dll", program(["USER32.dll", "libcairo-2.dll"]), ["hungry.dll: 缺 libcairo-2.dll"]),
        ("small.pyd", program(machine=X86), ["small.pyd: 不是 64 位"]),
        ("strange.dll", program().replace(b"\0" * 20, b"Wine builtin DLL\0\0\0\0", 1), ["strange.dll: 是 Wine 的文件"]),
    ],
)
def test_a_library_that_cannot_work_on_windows_is_named(
    tmp_path: Path, name: str, content: bytes, told: list[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert wrong_libraries(tmp_path) == told


def test_a_library_that_lies_beside_is_not_missing(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.dll").write_bytes(program(["B.DLL"]))
    (tmp_path / "b.dll").write_bytes(program())
    assert wrong_libraries(tmp_path) == []


def test_a_program_without_icon_words_and_manifest_is_seen(tmp_path: Path) -> None:
    for name in ("Qingdan.exe", "qingdan-cmd.exe"):
        (tmp_path / name).write_bytes(program())
    told = [line.removeprefix("Qingdan.exe: ") for line in wrong(tmp_path, "0.2.0") if line.startswith("Qingdan.exe")]
    assert told == [
        "校验和不对", "图标不足六种大小", "版本不是 0.2.0.0：{}", "没有中文的产品名",
        "清单里没有 asInvoker", "清单里没有 longPathAware",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({}, []),
        ({"QINGDAN_SIGN_P12": "a.p12", "QINGDAN_SIGN_PASSFILE": "p"}, ["-pkcs12", "a.p12", "-readpass", "p"]),
        ({"QINGDAN_SIGN_CERT": "c.pem", "QINGDAN_SIGN_KEY": "k.pem"}, ["-certs", "c.pem", "-key", "k.pem"]),
        (
            {"QINGDAN_SIGN_CERT": "c.pem", "QINGDAN_SIGN_KEY": "pkcs11:object=k", "QINGDAN_SIGN_PKCS11": "/t.so",
             "QINGDAN_SIGN_ENGINE": "/e.so"},
            ["-pkcs11engine", "/e.so", "-certs", "c.pem", "-key", "pkcs11:object=k", "-pkcs11module", "/t.so"],
        ),
    ],
)  # fmt: skip
def test_the_environment_says_what_to_sign_with(env: dict[str, str], told: list[str]) -> None:
    assert options(env) == told


def test_half_a_setting_for_signing_stops_the_build() -> None:
    with pytest.raises(SystemExit, match="签名的设置不全"):
        options({"QINGDAN_SIGN_CERT": "c.pem"})
