"""恢复密钥: the county's secret keys on one printed page, from which a new office computer can open all files and is
trusted by all units.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from exports.package.envelope import public
from exports.package.keyring import Keyring, fingerprint
from forms.kind import plain
from forms.states import Role
from models.errors import UserError
from models.store.atomic_file import replacing
from models.workspace import Workspace

IDENTITY = r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}"
CODE = re.compile(rf"({IDENTITY})([0-9A-F]{{64}})([0-9A-F]{{4}})")
GROUP = 8  # characters between two blanks on paper

STEPS = (
    "一、这张纸做什么用：办公室的电脑坏了、丢了，备份也没有时，用它在新电脑上打开各单位的上报包，并继续以县里的名义下发。",
    "二、怎样保管：打印一份，放进单位的保险柜，写进移交清单。不要拍照，不要发微信、邮件。谁拿到它，就能读全部上报包。",
    "三、怎样用：在新电脑上打开清单填报，第一次用时选“没有任务包，先用自带方案”“县领导小组办公室”；进去后在“设置”里按“用纸质密钥恢复”，"
    "扫二维码得到文字，或照着字逐组输入（扫的文字不要存在手机里）。",
    "四、恢复以后：核对指纹与本页相同；请各单位把以前的上报包再传一次，装入；再按“下发和回执”，给各单位补发任务包。",
    "五、命令行也可以：recovery --from 文字文件。另存的文字文件用完即删。",
)


@dataclass(frozen=True)
class Secrets:
    """The keys on the page: the recovery identity and the county's signing key."""

    identity: str
    signer: str

    @property
    def code(self) -> str:
        """The keys as one word that ends with four check digits against typing errors."""
        word = self.identity + self.signer.upper()
        return word + sha256(word.encode()).hexdigest()[:4].upper()


def secrets_of(space: Workspace) -> Secrets:
    """The secret keys of an office. Raises UserError for another workspace."""
    if space.role != Role.OFFICE:
        raise UserError("recovery-key.office-only")
    ring = Keyring(space)
    return Secrets(ring.recovery, ring.signer)


def read_code(text: str) -> Secrets:
    """The keys from a code that was typed, scanned or pasted; blanks, letter case and labels are ignored. Raises
    UserError.
    """
    from pyrage import IdentityError, x25519

    found = CODE.search(re.sub(r"[^0-9A-Z-]", "", plain(text).upper()))
    if found is None:
        raise UserError("recovery-key.not-one")
    secrets = Secrets(found[1], found[2].lower())
    try:
        x25519.Identity.from_str(secrets.identity)
    except IdentityError:
        raise UserError("recovery-key.wrong") from None
    if secrets.code[-4:] != found[3]:
        raise UserError("recovery-key.wrong")
    return secrets


def recover(space: Workspace, text: str) -> str:
    """Give the keys on the page to the workspace of a new office; returns a sentence with the fingerprint. Raises
    UserError.
    """
    now, wanted = secrets_of(space), read_code(text)
    ring = Keyring(space)
    if now == wanted:
        return f"本机用的就是这套密钥，没有变化；指纹 {fingerprint(ring.verify)}"
    if ring.keys.any_code():
        raise UserError("recovery-key.other-keys")
    ring.take_over(wanted.identity, wanted.signer)
    return (
        f"已用纸质密钥恢复，指纹 {fingerprint(public(wanted.signer))}，请与纸上核对；再请各单位重传上报包，并补发任务包"
    )


def write_paper(space: Workspace, path: Path, today: date) -> Path:
    """Write the page for the safe as a PDF. Raises UserError."""
    data = paint(space, today)
    with suppress(OSError):  # `replacing` raises the error with its sentence
        path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_bytes(data)
        part.chmod(0o600)
    Keyring(space).keys.set("printed", f"{today.year}年{today.month}月{today.day}日")
    return path


def paint(space: Workspace, today: date) -> bytes:
    """The page as the bytes of a PDF."""
    from exports.pdf.recovery_page import paint_page

    secrets, about = secrets_of(space), space.plan.about
    stream = BytesIO()
    paint_page(
        stream,
        code=secrets.code,
        groups=[secrets.code[i : i + GROUP] for i in range(0, len(secrets.code), GROUP)],
        office=about["制表机关"],
        number=fingerprint(public(secrets.signer)),
        day=f"{today.year}年{today.month}月{today.day}日",
        steps=STEPS,
    )
    return stream.getvalue()
