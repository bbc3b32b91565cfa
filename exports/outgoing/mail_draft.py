"""邮件: writes a mail draft with the file attached, for the computer's own mail program to open and send."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from models.errors import UserError, cause
from models.store.atomic_file import replacing, room


def draft(data: bytes, name: str, subject: str, folder: Path, to: str = "") -> Path:
    """Write an .eml with the file attached and marked as unsent; returns its path. Raises UserError."""
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["To"], message["X-Unsent"] = subject, to, "1"
    message.set_content(f"请查收附件：{name}。附件由清单填报程序传出，请不要改名后再压缩，直接用程序装入即可。")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    content = message.as_bytes()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("folder.cannot-write", cause=cause(error), place=folder) from None
    path = folder / f"{Path(name).stem}.eml"
    room(folder, len(content))
    with replacing(path) as part:
        part.write_bytes(content)
    return path
