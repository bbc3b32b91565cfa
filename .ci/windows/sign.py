"""代码签名: the Windows programs are signed where the machine knows a certificate; the key stays outside the project.

What to sign with is named by the environment (docs/windows.md): QINGDAN_SIGN_P12, or QINGDAN_SIGN_CERT with QINGDAN_SIGN_KEY, or a
token by QINGDAN_SIGN_PKCS11 with QINGDAN_SIGN_CERT and QINGDAN_SIGN_KEY as its URI. QINGDAN_SIGN_PASSFILE holds the password,
QINGDAN_SIGN_TIMESTAMP the address of a time stamp. `python sign.py FILE` signs one file; makensis calls it for the uninstaller.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ENGINE = "/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so"  # of libengine-pkcs11-openssl
OPTIONS = {
    "P12": "-pkcs12",
    "CERT": "-certs",
    "KEY": "-key",
    "PKCS11": "-pkcs11module",
    "PASSFILE": "-readpass",
    "TIMESTAMP": "-ts",
}
NAME = "清单填报"


def options(env: Mapping[str, str]) -> list[str]:
    """What osslsigncode is told; [] where this machine has nothing to sign with. Ends on half a setting."""
    given = {key: env[f"QINGDAN_SIGN_{key}"] for key in OPTIONS if env.get(f"QINGDAN_SIGN_{key}")}
    if not given:
        return []
    if "P12" not in given and not {"CERT", "KEY"} <= set(given):
        sys.exit("[windows] 签名的设置不全：要么给 QINGDAN_SIGN_P12，要么同时给 QINGDAN_SIGN_CERT 和 QINGDAN_SIGN_KEY")
    engine = ["-pkcs11engine", env.get("QINGDAN_SIGN_ENGINE", ENGINE)] if "PKCS11" in given else []
    return [*engine, *(word for key, value in given.items() for word in (OPTIONS[key], value))]


def sign(path: Path, env: Mapping[str, str] | None = None) -> bool:
    """Sign a program in place and look at the signature again; gives whether there was anything to sign with."""
    told = options(os.environ if env is None else env)
    if not told:
        return False
    signed = path.with_suffix(".signed")
    signed.unlink(missing_ok=True)
    done = subprocess.run(
        ["osslsigncode", "sign", *told, "-h", "sha256", "-n", NAME, "-in", str(path), "-out", str(signed)],
        capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    if done.returncode or not is_signed(signed):
        signed.unlink(missing_ok=True)
        sys.exit(f"[windows] 没有签成：{path.name}\n{done.stdout}{done.stderr}")
    signed.replace(path)
    return True


def is_signed(path: Path) -> bool:
    """Whether a program carries a signature that fits its bytes, whoever made it."""
    look = ["osslsigncode", "verify", "-ignore-cdp", "-ignore-crl", str(path)]
    told = subprocess.run(look, capture_output=True, text=True, errors="replace").stdout
    digests = re.findall(r"^(?:Current|Calculated) message digest\s*: (\w+)", told, re.MULTILINE)
    return len(digests) == 2 and len(set(digests)) == 1


def self_signed(folder: Path) -> dict[str, str]:
    """The environment of a certificate made for a trial; it proves nothing to anybody."""
    key, certificate = folder / "试用.key", folder / "试用.crt"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Qingdan trial",
         "-addext", "extendedKeyUsage=codeSigning", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return {"QINGDAN_SIGN_CERT": str(certificate), "QINGDAN_SIGN_KEY": str(key)}


if __name__ == "__main__":
    sign(Path(sys.argv[1]))
