"""文件包 (文件容器): a zip with a manifest and members, where equal content gives equal bytes; and the checks that
every received file must pass before it is used.
"""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from typing import TypeVar

from exports.package.envelope import SUITE, ZIP, check_signature, seal, unseal
from exports.package.manifest import CAPTIONS, Manifest, read_block, unknown_keys
from exports.package.versions import Described, beyond_format_1, is_understood
from models.refusals import CHANGED, INCOMPLETE, STRANGER, TOO_NEW, Refused

MANIFEST = "datapackage.json"
ATTACHMENTS = "attachments/"
FORMAT = 1
FILE_LIMIT, MANIFEST_LIMIT, PARTS, DECLARED, RATIO, DEPTH = 30 << 20, 1 << 20, 400, 100 << 20, 400, 40
EPOCH = (1980, 1, 1, 0, 0, 0)
Resource = dict[str, object]  # the description of a member, as a Frictionless resource
M = TypeVar("M", bound=Manifest)
T = TypeVar("T")


@dataclass(frozen=True)
class PackageFile:
    """An opened package file whose signature was checked. `id` is the SHA-256 of its inner zip; `members` path → bytes;
    `described` its descriptions of its tables, by form; `strange` the manifest keys that this program does not know.
    """

    id: str
    manifest: Manifest
    members: Mapping[str, bytes]
    encrypted: bool = False
    data: bytes = field(default=b"", repr=False)
    described: Mapping[str, Described] = field(default_factory=dict, repr=False)
    strange: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """submission, handout, receipt, return or team."""
        return self.manifest.kind

    @property
    def caption(self) -> str:
        """The kind in Chinese, such as 上报包."""
        return self.manifest.caption

    def expect(self, kind: type[M]) -> M:
        """The manifest, if it is of that kind. Raises Refused for another."""
        if not isinstance(self.manifest, kind):
            raise Refused(STRANGER)
        return self.manifest

    def json(self, path: str) -> object:
        """A member parsed as JSON; None where there is none. Raises Refused."""
        return read_json(self.members[path]) if path in self.members else None


def write_inner(manifest: Manifest, members: Mapping[str, bytes], resources: Sequence[Resource] = ()) -> bytes:
    """The inner zip: manifest first, then the members by name, with fixed dates, so that equal content gives equal
    bytes.
    """
    return write_zip(manifest.block(), members, resources)


def write_zip(block: Mapping[str, object], members: Mapping[str, bytes], resources: Sequence[Resource] = ()) -> bytes:
    """`write_inner` for a manifest block that is a plain dict."""
    described = [dict(r) for r in resources if r["path"] in members]
    named = {r["path"] for r in described}
    described += [_plain_resource(p) for p in sorted(members) if p not in named]
    for resource in described:
        content = members[str(resource["path"])]
        resource |= {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}
    critical = beyond_format_1(members)
    whole = {
        "name": f"qingdan-{block['kind']}-{block.get('unit', '')}".lower().rstrip("-"),
        "title": CAPTIONS[str(block["kind"])],
        "qingdan": {"fmt": FORMAT, "suite": SUITE, "critical": critical, **block},
        "resources": described,
    }
    return _zipped(
        {MANIFEST: json.dumps(whole, ensure_ascii=False, indent=1).encode(), **dict(sorted(members.items()))}
    )


def _zipped(texts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in texts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            packed = zipfile.ZIP_STORED if name.startswith(ATTACHMENTS) else zipfile.ZIP_DEFLATED  # packed already
            info.compress_type, info.external_attr, info.create_system = packed, 0o644 << 16, 3
            zipped.writestr(info, content)
    return buffer.getvalue()


def _plain_resource(path: str) -> Resource:
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in path.lower())
    return {"name": f"{name}-{sha256(path.encode()).hexdigest()[:6]}", "path": path}


def make(inner: bytes, signer: str, recipients: tuple[str, ...] = ()) -> PackageFile:
    """The signed file of an inner zip made here, encrypted to the recipients; `data` has the bytes to write."""
    return opened(seal(inner, signer, recipients), inner)


def opened(data: bytes, inner: bytes) -> PackageFile:
    """The package file of an inner zip from `unseal`; names and sizes are checked, hashes and signature are not."""
    members = _members(inner)
    whole = read_json(members.pop(MANIFEST))
    return _package(data, inner, whole, members, data[64:68] != ZIP)


def read(data: bytes, identities: tuple[str, ...] = ()) -> PackageFile:
    """Open a received file: envelope, limits, signature, manifest, hashes. Raises Refused and nothing else, because
    whatever breaks a parser here is a fault of the file.
    """
    if len(data) > FILE_LIMIT:
        raise Refused("file.too-big", size=len(data) >> 20, limit=FILE_LIMIT >> 20)
    signature, inner, encrypted = unseal(data, identities)
    whole = read_json(_only_manifest(inner, encrypted))
    block = _block(whole)
    check_signature(signature, inner, str(block.get("signer", "")))
    _old_enough(block)
    members = _members(inner)
    del members[MANIFEST]
    _check_hashes(whole, members)
    return _package(data, inner, whole, members, encrypted)


def _package(data: bytes, inner: bytes, whole: object, members: Mapping[str, bytes], encrypted: bool) -> PackageFile:
    block = _block(whole)
    manifest = read_block(block)
    strange = tuple(unknown_keys(block, manifest))
    return PackageFile(sha256(inner).hexdigest(), manifest, members, encrypted, data, _described(whole), strange)


def _is_late(block: Mapping[str, object]) -> bool:
    """Whether a block is of a later format, or has a critical word that this program may not ignore. Raises Refused."""
    fmt, critical = block["fmt"], block.get("critical") or []
    if not isinstance(critical, list) or not all(isinstance(w, str) for w in critical):
        raise Refused(STRANGER)
    return (isinstance(fmt, int) and fmt > FORMAT) or not all(map(is_understood, critical))


def _old_enough(block: Mapping[str, object]) -> None:
    """Raise Refused for a late file, and for one of another set of algorithms."""
    if _is_late(block) or block.get("suite") != SUITE:
        raise Refused(TOO_NEW)


def _open(inner: bytes) -> zipfile.ZipFile:
    return _parsed(lambda: zipfile.ZipFile(io.BytesIO(inner)))


def _parsed(parse: Callable[[], T]) -> T:
    """The result of `parse` on received bytes. Raises Refused for any exception, because a zip from outside can break
    the parser in any way.
    """
    try:
        return parse()
    except Refused:
        raise
    except Exception:
        raise Refused(INCOMPLETE) from None


def _guarded(zipped: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries of a zip, after their number, names and sizes were checked."""
    infos = zipped.infolist()
    names = [i.filename for i in infos]
    if len(names) != len(set(names)) or len(infos) > PARTS or sum(i.file_size for i in infos) > DECLARED:
        raise Refused(STRANGER)
    if any(_is_odd(i) for i in infos):
        raise Refused(STRANGER)
    return infos


def _is_odd(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    odd = not name or name.startswith(("/", "\\")) or name.endswith("/") or ".." in name.split("/") or "\\" in name
    return odd or ":" in name or bool(info.flag_bits & 1) or info.file_size > RATIO * max(info.compress_size, 200)


def _content(zipped: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    def read_member() -> bytes:
        with zipped.open(info) as member:
            return member.read(info.file_size + 1)

    content = _parsed(read_member)
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
            raise (why if encrypted or why.id == STRANGER else Refused(INCOMPLETE)) from None


def _members(inner: bytes) -> dict[str, bytes]:
    with _open(inner) as zipped:
        return {i.filename: _content(zipped, i) for i in _guarded(zipped)}


def _block(whole: object) -> Mapping[str, object]:
    """The manifest's own block. Raises Refused where there is none, or where a block of format 1 is not valid."""
    block = whole.get("qingdan") if isinstance(whole, dict) else None
    if not isinstance(block, dict) or not isinstance(block.get("fmt"), int):
        raise Refused(STRANGER)
    if not _is_late(block):
        read_block(block)
    return block


def _described(whole: object) -> dict[str, Described]:
    """The file's descriptions of its tables, as far as they can be read."""
    found: dict[str, Described] = {}
    resources = whole.get("resources") if isinstance(whole, dict) else None
    for r in resources if isinstance(resources, list) else ():
        if isinstance(r, dict) and isinstance(r.get("path"), str) and isinstance(r.get("schema"), dict):
            columns = {str(f.get("name")): str(f.get("title") or f.get("name")) for f in _fields(r["schema"])}
            name = r["path"].removesuffix(".csv").rsplit("/", 1)[-1]
            found[name] = Described(str(r.get("title") or name), columns)
    return found


def _fields(schema: Mapping[str, object]) -> list[dict[str, object]]:
    listed = schema.get("fields")
    return [f for f in listed if isinstance(f, dict)] if isinstance(listed, list) else []


def _check_hashes(whole: object, members: Mapping[str, bytes]) -> None:
    """Raise Refused unless the members are exactly those listed, each with its hash."""
    try:
        listed = {r["path"]: r["hash"] for r in whole["resources"]}  # type: ignore[index]  # whatever it is
    except (KeyError, TypeError):
        raise Refused(STRANGER) from None
    if listed != {p: f"sha256:{sha256(c).hexdigest()}" for p, c in members.items()}:
        raise Refused(CHANGED)


def read_json(content: bytes) -> object:
    """Parse untrusted JSON. Raises Refused for NaN, for a repeated key and for more than 40 levels."""

    def no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(pairs) != len({k for k, _ in pairs}):
            raise ValueError("double key")
        return dict(pairs)

    def no_constant(word: str) -> object:
        raise ValueError(word)

    try:
        text = content.decode("utf-8")
        if _depth(content) > DEPTH:
            raise ValueError("too deep")
        made: object = json.loads(text, object_pairs_hook=no_doubles, parse_constant=no_constant)
        return made
    except (ValueError, RecursionError):
        raise Refused(STRANGER) from None


NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def _depth(content: bytes) -> int:
    """The deepest nesting of brackets, counted without parsing (brackets in strings count too, which is safe)."""
    brackets = content.translate(None, NO_BRACKETS)
    return max(accumulate(1 if c in b"[{" else -1 for c in brackets), default=0)
