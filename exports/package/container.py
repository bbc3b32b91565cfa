"""What is inside a file that travels: a zip with a manifest and members, equal content giving equal bytes; and the
guard through which every one that comes in must pass.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from typing import Any

from exports.package.envelope import SUITE, check_signature, seal, unseal
from models.refusals import CHANGED, INCOMPLETE, STRANGER, TOO_NEW, Refused

MANIFEST = "datapackage.json"
ATTACHMENTS = "attachments/"
FORMAT = 1
KINDS = {"submission": "上报包", "handout": "任务包", "receipt": "回执", "return": "退回单", "team": "专班登记"}
FILE_LIMIT, MANIFEST_LIMIT, PARTS, DECLARED, RATIO, DEPTH = 30 << 20, 1 << 20, 400, 100 << 20, 400, 40
EPOCH = (1980, 1, 1, 0, 0, 0)
KNOWN: tuple[str, ...] = ()  # words of `critical` that this program understands


@dataclass(frozen=True)
class Parcel:
    """A file that travels, opened and with its signature checked. `id` is the SHA-256 of its inner zip; `about` the
    manifest's own block; `members` path → bytes.
    """

    id: str
    about: Mapping[str, Any]
    members: Mapping[str, bytes]
    encrypted: bool = False
    data: bytes = field(default=b"", repr=False)

    @property
    def kind(self) -> str:
        """submission, handout, receipt or return."""
        return str(self.about["kind"])

    def json(self, path: str) -> Any:
        """A member that is JSON."""
        return read_json(self.members[path]) if path in self.members else None


def write_inner(about: Mapping[str, Any], members: Mapping[str, bytes], resources: Any = ()) -> bytes:
    """The inner zip: manifest first, then the members by name, fixed dates, so equal content gives equal bytes."""
    described = [r for r in resources if r["path"] in members]
    named = {r["path"] for r in described}
    described += [_plain_resource(p) for p in sorted(members) if p not in named]
    for resource in described:
        content = members[resource["path"]]
        resource |= {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}
    whole = {
        "name": f"qingdan-{about['kind']}-{about.get('unit', '')}".lower().rstrip("-"),
        "title": KINDS[about["kind"]],
        "qingdan": {"fmt": FORMAT, "suite": SUITE, "critical": [], **about},
        "resources": described,
    }
    texts = {MANIFEST: json.dumps(whole, ensure_ascii=False, indent=1).encode(), **dict(sorted(members.items()))}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in texts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            packed = zipfile.ZIP_STORED if name.startswith(ATTACHMENTS) else zipfile.ZIP_DEFLATED  # packed already
            info.compress_type, info.external_attr, info.create_system = packed, 0o644 << 16, 3
            zipped.writestr(info, content)
    return buffer.getvalue()


def _plain_resource(path: str) -> dict[str, Any]:
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in path.lower())
    return {"name": f"{name}-{sha256(path.encode()).hexdigest()[:6]}", "path": path}


def make(inner: bytes, signer: str, recipients: tuple[str, ...] = ()) -> Parcel:
    """The parcel of an inner zip that was made here; `data` is the file."""
    return opened(seal(inner, signer, recipients), inner)


def opened(data: bytes, inner: bytes) -> Parcel:
    """The parcel of an inner zip that passed `unseal`; the guard is asked, the signature is not."""
    members = _members(inner)
    about = _about(read_json(members.pop(MANIFEST)))
    return Parcel(sha256(inner).hexdigest(), about, members, data[64:68] != b"PK\x03\x04", data)


def read(data: bytes, identities: tuple[str, ...] = ()) -> Parcel:
    """Open a file of ours: envelope, limits, signature, manifest, hashes. Raises Refused with one of five sentences."""
    if len(data) > FILE_LIMIT:
        raise Refused(f"文件有{len(data) >> 20}MB，超过{FILE_LIMIT >> 20}MB，没有装入；请减少附件后重新传出")
    signature, inner, encrypted = unseal(data, identities)
    whole = read_json(_only_manifest(inner, encrypted))
    about = _about(whole)
    check_signature(signature, inner, str(about.get("signer", "")))
    if about["fmt"] > FORMAT or set(about.get("critical") or ()) - set(KNOWN) or about.get("suite") != SUITE:
        raise Refused(TOO_NEW)
    members = _members(inner)
    del members[MANIFEST]
    _check_hashes(whole, members)
    return Parcel(sha256(inner).hexdigest(), about, members, encrypted, data)


def _open(inner: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(inner))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise Refused(INCOMPLETE) from None


def _guarded(zipped: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries, once their number, names and sizes were found harmless."""
    infos = zipped.infolist()
    names = [i.filename for i in infos]
    if len(names) != len(set(names)) or len(infos) > PARTS or sum(i.file_size for i in infos) > DECLARED:
        raise Refused(STRANGER)
    for i in infos:
        odd = i.filename.startswith(("/", "\\")) or ".." in i.filename.split("/") or "\\" in i.filename or i.is_dir()
        if odd or ":" in i.filename or i.flag_bits & 1 or i.file_size > RATIO * max(i.compress_size, 200):
            raise Refused(STRANGER)
    return infos


def _content(zipped: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    import zlib

    try:
        with zipped.open(info) as member:
            content = member.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise Refused(INCOMPLETE) from None
    if len(content) != info.file_size:
        raise Refused(INCOMPLETE)
    return content


def _only_manifest(inner: bytes, encrypted: bool) -> bytes:
    with _open(inner) as zipped:
        try:
            found = next((i for i in _guarded(zipped) if i.filename == MANIFEST), None)
            if found is None or found.file_size > MANIFEST_LIMIT:
                raise Refused(STRANGER)
            return _content(zipped, found)
        except Refused as why:  # in an open file a broken zip is as likely an edit as a bad copy
            raise (why if encrypted or str(why) == STRANGER else Refused(INCOMPLETE)) from None


def _members(inner: bytes) -> dict[str, bytes]:
    with _open(inner) as zipped:
        return {i.filename: _content(zipped, i) for i in _guarded(zipped)}


def _about(whole: Any) -> dict[str, Any]:
    about = whole.get("qingdan") if isinstance(whole, dict) else None
    if not isinstance(about, dict) or not isinstance(about.get("fmt"), int):
        raise Refused(STRANGER)
    if about["fmt"] <= FORMAT and not _is_sound(about):
        raise Refused(STRANGER)
    return about


# What every manifest of format 1 says, and of which type; the rest may be there or not.
ALWAYS: dict[str, type] = {"kind": str, "unit": str, "period": str, "signer": str, "created": str, "plan": dict}
SOMETIMES: dict[str, type] = {"revision": int, "ancestors": list, "county": dict, "totals": dict, "answered": list}


def _is_sound(about: Mapping[str, Any]) -> bool:
    typed = all(isinstance(about.get(n), t) for n, t in ALWAYS.items())
    typed = typed and all(isinstance(about[n], t) for n, t in SOMETIMES.items() if n in about)
    return typed and about["kind"] in KINDS


def _check_hashes(whole: Mapping[str, Any], members: Mapping[str, bytes]) -> None:
    """Every member is listed with its hash and nothing else is there."""
    try:
        listed = {r["path"]: r["hash"] for r in whole["resources"]}
    except (KeyError, TypeError):
        raise Refused(STRANGER) from None
    if listed != {p: f"sha256:{sha256(c).hexdigest()}" for p, c in members.items()}:
        raise Refused(CHANGED)


def read_json(content: bytes) -> Any:
    """JSON from a stranger: no NaN, no key twice, not deeper than 40. Raises Refused."""

    def no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(pairs) != len({k for k, _ in pairs}):
            raise ValueError("double key")
        return dict(pairs)

    def no_constant(word: str) -> Any:
        raise ValueError(word)

    try:
        text = content.decode("utf-8")
        if _depth(content) > DEPTH:
            raise ValueError("too deep")
        return json.loads(text, object_pairs_hook=no_doubles, parse_constant=no_constant)
    except (ValueError, RecursionError):
        raise Refused(STRANGER) from None


NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def _depth(content: bytes) -> int:
    """The deepest nesting of brackets, counted without parsing (brackets in strings count too, which is safe)."""
    brackets = content.translate(None, NO_BRACKETS)
    return max(accumulate(1 if c in b"[{" else -1 for c in brackets), default=0)
