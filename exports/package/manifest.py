"""清单文件 (清单头): the manifest of a package file, one frozen dataclass per kind; no other module knows its keys.

`block` gives what is written under "qingdan" in datapackage.json, `read_block` reads it back and checks every type,
range and pattern. `unknown_keys` names the keys that this program does not know, so that none is ignored silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import Annotated, ClassVar, TypeVar

import msgspec
from msgspec import Meta

from forms.states import FileKind
from models.refusals import STRANGER, Refused

Key = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]  # a public signing key
Recipient = Annotated[str, Meta(pattern=r"^(age1[0-9a-z]{58})?$")]  # to whom files are encrypted; "" for nobody
Count = Annotated[int, Meta(ge=0, le=10**9)]
Stand = tuple[str, Count, tuple[str, ...]]  # id, revision and ancestors of the submission that counts


FOR_UNITS = "intake.for-units"
FOR_OFFICE = "intake.for-office"
KINDS: dict[str, type["Manifest"]] = {}  # by `word`; each class below adds itself


@dataclass(frozen=True, kw_only=True)
class PlanHead:
    """The plan with which a file was made."""

    title: str = ""
    year: int
    version: str = ""
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The keys that every kind of file has. `created` is the time by its maker's clock (ISO), "" where
    it is unknown.
    """

    kind: ClassVar[str]  # the word in the file
    caption: ClassVar[str]  # in Chinese: 上报包
    event: ClassVar[str] = ""  # what the unit's timeline shows when one was loaded; "" for nothing
    elsewhere: ClassVar[str] = FOR_UNITS  # the id of the sentence where this kind cannot be taken in
    unit: str
    unit_name: str = ""
    period: str
    plan: PlanHead
    signer: Key
    program: str = ""
    created: str

    def __init_subclass__(cls) -> None:
        """Add the kind to KINDS."""
        KINDS[cls.kind] = cls

    def __post_init__(self) -> None:
        """Raise ValueError where `created` is not a time."""
        if self.created:
            datetime.fromisoformat(self.created)

    def block(self) -> dict[str, object]:
        """The keys and values as they are written into the file."""
        return {"kind": self.kind, **_plain(self)}


@dataclass(frozen=True, kw_only=True)
class County:
    """The county that writes hand-outs: its signing key, the recipients of submissions, its telephone number, its work
    teams' recipients by action.
    """

    signer: Key
    recipients: tuple[str, ...]
    name: str = ""
    phone: str = ""
    fingerprint: str = ""
    teams: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Submission(Manifest):
    """上报包: one unit, one period, one revision. `enrol` proves that the hand-out's code was known; `totals` are the
    control sums by form; `answered` how many comments are answered and how many there are; `workbook` the SHA-256 of
    the workbook from which the county made it, `saved` when that was last saved.
    """

    kind = FileKind.SUBMISSION
    caption = "上报包"
    revision: Count
    ancestors: tuple[str, ...]
    data_hash: str
    recipient: Recipient = ""
    enrol: str = ""
    device: str = ""
    person: str = ""
    code: str = ""
    totals: dict[str, dict[str, str]] = field(default_factory=dict)
    sample: bool = False
    answered: tuple[Count, Count] = (0, 0)
    history_to: Count = 0
    workbook: str = ""
    saved: str = ""


@dataclass(frozen=True, kw_only=True)
class HandOut(Manifest):
    """任务包: plan, keys and period for a unit, or (with an `action`) for a work team. `serial` and `written` order the
    hand-outs of a unit; `least` is the oldest program that may load it; `stands` the submission that counts, by period;
    `closed` the periods that are closed off.
    """

    kind = FileKind.HANDOUT
    caption = "任务包"
    event = "装入任务包"
    county: County
    code: str = ""
    reader: str = ""
    serial: Count = 0
    written: str = ""
    least: str = ""
    stands: dict[str, Stand] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    action: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        datetime.fromisoformat(self.written or self.created)

    @property
    def order(self) -> tuple[int, str]:
        """Serial number and time (ISO), by which hand-outs of one unit are ordered."""
        return self.serial, self.written or self.created


@dataclass(frozen=True, kw_only=True)
class Receipt(Manifest):
    """回执: what the county has; its items are in receipt.json."""

    kind = FileKind.RECEIPT
    caption = "回执"
    event = "装入回执"


@dataclass(frozen=True, kw_only=True)
class Return(Manifest):
    """退回单: comments on the submission whose id is `about`."""

    kind = FileKind.RETURN
    caption = "退回单"
    event = "县里退回"
    about: str = ""
    revision: Count = 0


@dataclass(frozen=True, kw_only=True)
class TeamCard(Manifest):
    """专班登记: the public keys of a work team."""

    kind = FileKind.TEAM
    caption = "专班登记"
    elsewhere = FOR_OFFICE
    action: str
    recipient: Recipient


@dataclass(frozen=True, kw_only=True)
class CorrectionNote:
    """A cell that the county corrected, in words; `place` (form, record, field) and the canonical text are missing in
    receipts of the first programs.
    """

    form: str
    row: int
    field: str
    reported: str
    value: str
    reason: str | None = None
    place: tuple[str, str, str] = ("", "", "")
    canonical: str = ""


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """The county's decision on an obstacle; `cells` are the fields that it set, as canonical text and as text for
    people.
    """

    row: int
    about: str | None = None
    told: str = ""
    record: str = ""
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ReceiptItem:
    """What the county has of one period: the id and revision that count, the ids that a person settled, all ids
    received.
    """

    period: str
    counts: str
    revision: Count
    code: str | None = None
    received: str = ""
    trust: str = ""
    settled: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    notes: tuple[CorrectionNote, ...] = ()
    obstacles: tuple[Instruction, ...] = ()

    def record(self) -> dict[str, object]:
        """The dict for receipt.json and the ledger."""
        return _plain(self)


CAPTIONS = {kind: made.caption for kind, made in KINDS.items()}
ENVELOPE = ("fmt", "suite", "critical", "kind")  # keys that every block has
M = TypeVar("M")


def read_block(block: Mapping[str, object]) -> Manifest:
    """The manifest in a block. Raises Refused for a kind or value that no program of ours writes."""
    kind = block.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Refused(STRANGER)
    values = {k: v for k, v in block.items() if k not in ENVELOPE and v is not None}  # 0.2 wrote null for nothing
    return convert(values, KINDS[kind])


def read_items(items: object) -> list[ReceiptItem]:
    """The items of a receipt. Raises Refused."""
    return convert(items or [], list[ReceiptItem])


def unknown_item_keys(items: object) -> list[str]:
    """The keys of a receipt's items that are unknown here: receipt.score, receipt.notes.extra. Raises Refused."""
    known = read_items(items)
    blocks = items if isinstance(items, list) else []
    found = [k for block, item in zip(blocks, known, strict=True) for k in unknown_keys(block, item)]
    return [f"receipt.{k}" for k in dict.fromkeys(found)]


def convert(value: object, into: type[M]) -> M:
    """A JSON value as the declared type. Raises Refused where it does not fit."""
    try:
        return msgspec.convert(value, into)
    except (msgspec.ValidationError, ValueError, RecursionError):
        raise Refused(STRANGER) from None


def unknown_keys(block: Mapping[str, object], manifest: object) -> list[str]:
    """The keys of a block with something in them that its kind does not have here, with those of nested blocks
    (county.fax) and of lists of blocks.
    """
    known = {f.name for f in fields(manifest)} if is_dataclass(manifest) else set()
    found: list[str] = []
    for key, value in block.items():
        if key not in known:
            found += [key] if key not in ENVELOPE and value else []
        else:
            found += [f"{key}.{k}" for k in _unknown_within(value, getattr(manifest, key))]
    return list(dict.fromkeys(found))


def _unknown_within(value: object, known: object) -> list[str]:
    if isinstance(value, Mapping) and is_dataclass(known):
        return unknown_keys(value, known)
    if isinstance(value, list) and isinstance(known, tuple) and len(value) == len(known):
        return [k for v, inner in zip(value, known, strict=True) for k in _unknown_within(v, inner)]
    return []


def _plain(value: object) -> dict[str, object]:
    made: dict[str, object] = msgspec.to_builtins(value)
    return made
