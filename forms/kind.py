"""What a field can hold: each kind reads, shows and stores its own values."""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

Value = Any  # str, int, Decimal, date, a tuple of ids or of Attachments; None means "not filled"


class Unreadable(ValueError):
    """What was typed cannot be this kind of value; the message says so in Chinese and gives the way out."""


class Ambiguous(Unreadable):
    """What was typed could mean several things, or lacks a word; the message asks which."""


def plain(typed: str) -> str:
    """Typed text with full-width figures and marks made half-width and outer blanks cut, for reading figures."""
    return unicodedata.normalize("NFKC", typed).strip()


@dataclass(frozen=True)
class Kind:
    """The behaviour of a value: `parse` what people type, `show` to people, `write`/`read` as text in files,
    `store`/`load` as an SQLite value. Every method takes and gives None for "not filled".
    """

    sql: ClassVar[str] = "TEXT"
    json: ClassVar[str] = "string"
    align: ClassVar[str] = "left"
    excel: ClassVar[str] = "@"  # number format of Excel cells

    def parse(self, typed: str) -> Value:
        """The value that `typed` means; raises Unreadable."""
        return typed.strip() or None

    def show(self, value: Value) -> str:
        """The value as people read it, on screen and on paper."""
        return "" if value is None else self.write(value)

    def write(self, value: Value) -> str:
        """The value as canonical text; `read` gives the same value back."""
        return "" if value is None else str(value)

    def read(self, text: str) -> Value:
        """The value of canonical text; raises Unreadable."""
        return self.parse(text)

    def store(self, value: Value) -> Any:
        """The value as SQLite keeps it."""
        return None if value is None else self.write(value)

    def load(self, stored: Any) -> Value:
        """The value of what SQLite kept."""
        return None if stored is None else self.read(stored)

    def mark(self, value: Value) -> str:
        """The name of the little sign drawn with the value (idle, doing, warn, late, done), or ''."""
        return ""

    def keep(self, value: Value, before: Value) -> Value:
        """The value typed over `before`, with what typing cannot say taken over from there."""
        return value


@dataclass(frozen=True)
class Text(Kind):
    """Words. `long` text wraps and may have line breaks; `limit` is the most characters."""

    long: bool = False
    limit: int = 200
    pattern: str = ""
    example: str = ""

    def parse(self, typed: str) -> Value:
        text = "\n".join(line.rstrip() for line in typed.strip().splitlines()) if self.long else " ".join(typed.split())
        if len(text) > self.limit:
            raise Unreadable(f"有{len(text)}字，超过{self.limit}字，请删减到{self.limit}字以内")
        if text and self.pattern and not re.fullmatch(self.pattern, plain(text)):
            raise Unreadable(f"“{text}”不像这一栏的内容，请按“{self.example}”的样子填写")
        return text or None

    def read(self, text: str) -> Value:
        return text or None


FIGURE = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Number(Kind):
    """A decimal figure, kept exactly: SQLite holds it as an INTEGER of its last decimal place."""

    places: int = 2
    low: Decimal | None = None
    high: Decimal | None = None
    fixed: bool = True  # show all places, as money is shown

    sql: ClassVar[str] = "INTEGER"
    json: ClassVar[str] = "number"
    align: ClassVar[str] = "right"

    @property
    def excel(self) -> str:  # type: ignore[override]
        if not self.places:
            return "#,##0"
        return "#,##0." + ("0" if self.fixed else "#") * self.places

    def parse(self, typed: str) -> Value:
        text = plain(typed).replace(",", "").replace(" ", "").removesuffix("%")
        if not text:
            return None
        if not FIGURE.fullmatch(text):
            raise Unreadable(f"“{typed.strip()}”不是数字，请只填数字，例如 12.5")
        return self._checked(Decimal(text), typed.strip())

    def _checked(self, value: Decimal, typed: str) -> Decimal:
        if abs(value) >= Decimal(10) ** 15:
            raise Unreadable(f"“{typed}”太大，请核对计量单位")
        rounded = value.quantize(Decimal(1).scaleb(-self.places))
        if rounded != value:
            raise Unreadable(
                f"“{typed}”的小数超过{self.places}位，请四舍五入后再填" if self.places else f"“{typed}”不是整数"
            )
        if self.low is not None and value < self.low:
            raise Unreadable(f"“{typed}”小于{self.low}，请填不小于{self.low}的数")
        if self.high is not None and value > self.high:
            raise Unreadable(f"“{typed}”大于{self.high}，请填不大于{self.high}的数")
        return rounded + 0  # no -0

    def show(self, value: Value) -> str:
        if value is None:
            return ""
        text = f"{value:,.{self.places}f}"
        return text if self.fixed or "." not in text else text.rstrip("0").rstrip(".")

    def write(self, value: Value) -> str:
        return "" if value is None else f"{value:.{self.places}f}"

    def store(self, value: Value) -> int | None:
        return None if value is None else int(Decimal(value).scaleb(self.places).to_integral_value())

    def load(self, stored: Any) -> Value:
        return (
            None if stored is None else Decimal(stored).scaleb(-self.places).quantize(Decimal(1).scaleb(-self.places))
        )


@dataclass(frozen=True)
class Whole(Number):
    """A whole figure: a count of people, households, pieces."""

    places: int = 0

    json: ClassVar[str] = "integer"

    def parse(self, typed: str) -> Value:
        value = super().parse(typed)
        return None if value is None else int(value)

    def load(self, stored: Any) -> Value:
        return None if stored is None else int(stored)


DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")


@dataclass(frozen=True)
class Day(Kind):
    """A calendar day, kept as ISO text."""

    json: ClassVar[str] = "date"
    align: ClassVar[str] = "center"
    excel: ClassVar[str] = 'yyyy"年"m"月"d"日"'

    def parse(self, typed: str) -> Value:
        text = plain(typed)
        if not text:
            return None
        found = DATE.fullmatch(text) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
        try:
            return date(*map(int, found.groups())) if found else self._refuse(typed)
        except ValueError:
            return self._refuse(typed)

    def _refuse(self, typed: str) -> Value:
        raise Unreadable(f"“{typed.strip()}”不是日历上有的日子，请按“2024年3月5日”的样子填写")

    def show(self, value: Value) -> str:
        return "" if value is None else f"{value.year}年{value.month}月{value.day}日"

    def write(self, value: Value) -> str:
        return "" if value is None else value.isoformat()


@dataclass(frozen=True)
class Month(Kind):
    """A month, kept as ISO text such as 2024-03."""

    json: ClassVar[str] = "yearmonth"
    align: ClassVar[str] = "center"

    def parse(self, typed: str) -> Value:
        text = plain(typed)
        if not text:
            return None
        found = MONTH.fullmatch(text)
        if not found or not 1 <= int(found[2]) <= 12:
            raise Unreadable(f"“{typed.strip()}”不是年月，请按“2024年3月”的样子填写")
        return f"{int(found[1]):04}-{int(found[2]):02}"

    def show(self, value: Value) -> str:
        return "" if value is None else f"{int(value[:4])}年{int(value[5:])}月"


@dataclass(frozen=True)
class Option:
    """One answer of a choice: stable id, the name people read, a short name, a sign, and its meaning."""

    id: str
    name: str
    short: str = ""
    mark: str = ""
    explain: bool = False  # choosing it asks for a reason
    note: str = ""


@dataclass(frozen=True)
class Choice(Kind):
    """One of a list of options; the id is kept, the name is shown."""

    options: tuple[Option, ...] = ()
    former: tuple[Option, ...] = ()  # what earlier plans offered: can be read, not chosen

    align: ClassVar[str] = "center"

    def find(self, value: Value) -> Option | None:
        """The option of an id, or None."""
        return next((o for o in self.options if o.id == value), None)

    def parse(self, typed: str) -> Value:
        text = typed.strip()
        if not text:
            return None
        for wanted in (text, plain(text)):
            hits = [o.id for o in self.options if wanted in (o.id, o.name, o.short)]
            if hits:
                return hits[0]
        raise Unreadable(f"“{text}”不在可选的内容里，请从“{self._some()}”里选一个")

    def _some(self) -> str:
        names = [o.short or o.name for o in self.options]
        return "、".join(names[:8]) + ("……" if len(names) > 8 else "")

    def left(self, value: Value) -> Option | None:
        """The option of an id that only an earlier plan had, or None."""
        return None if self.find(value) else next((o for o in self.former if o.id == value), None)

    def show(self, value: Value) -> str:
        return self._named(value) if value else ""

    def _named(self, value: str, short: bool = False) -> str:
        option = self.find(value)
        if option is not None:
            return (option.short or option.name) if short else option.name
        left = self.left(value)
        return f"{left.name}（已不在方案里）" if left else value

    def read(self, text: str) -> Value:
        return text or None

    def mark(self, value: Value) -> str:
        option = self.find(value)
        return option.mark if option else ""


def choice(**names: str) -> Choice:
    """A fixed choice written as id=name."""
    return Choice(tuple(Option(i, n) for i, n in names.items()))


@dataclass(frozen=True)
class FromPlan(Choice):
    """A choice whose options are a list of the plan year (actions, units, tasks, status …); bound by `Form.bound`; `of` names the list."""

    of: str = ""
    several: bool = False
    long: bool = False  # the names are whole sentences: set them as running text

    def bind(self, options: tuple[Option, ...], former: tuple[Option, ...] = ()) -> Choice:
        """The same choice with the options of one plan, and those of earlier ones to be read."""
        made = Several if self.several else Sentence if self.long else Choice
        return made(options, former)


@dataclass(frozen=True)
class Sentence(Choice):
    """A choice whose names are sentences, set as running text."""

    align: ClassVar[str] = "left"


@dataclass(frozen=True)
class Several(Choice):
    """Any number of the options; a tuple of ids."""

    align: ClassVar[str] = "left"

    def parse(self, typed: str) -> Value:
        parts = [p for p in re.split(r"[、,，;；\n]", typed) if p.strip()]
        return tuple(Choice.parse(self, p) for p in parts) or None

    def show(self, value: Value) -> str:
        return "、".join(self._named(v, short=True) for v in value or ())

    def write(self, value: Value) -> str:
        return "、".join(value or ())

    def read(self, text: str) -> Value:
        return tuple(text.split("、")) if text else None


@dataclass(frozen=True)
class Attachment:
    """A piece of evidence: its name, and the SHA-256 of the file (empty while only the paper exists)."""

    name: str
    sha256: str = ""


BETWEEN = re.compile(r"[、;；\n]")  # what stands between the names of a cell
RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))))
NAME_LIMIT = 60


def safe_name(name: str) -> str:
    """A file's name that every system can write and that a cell can hold: no path, no marks, no device's name."""
    last = re.split(r"[/\\]", name.strip())[-1]
    kept = "".join(c if c.isprintable() and c not in '<>:"|?*、;；' else "_" for c in last).strip(" .") or "附件"
    stem, dot, end = kept.rpartition(".")
    if not stem or len(end) > 10:
        stem, dot, end = kept, "", ""
    stem = f"_{stem}" if stem.split(".")[0].strip().lower() in RESERVED else stem
    return f"{stem[: NAME_LIMIT - len(end) - 1].rstrip(' .')}{dot}{end}"


@dataclass(frozen=True)
class Files(Kind):
    """Evidence: a tuple of Attachments; typed text names papers that are not attached."""

    json: ClassVar[str] = "array"

    def parse(self, typed: str) -> Value:
        names = [n.strip() for n in BETWEEN.split(typed)]
        return tuple(Attachment(n) for n in names if n) or None

    def keep(self, value: Value, before: Value) -> Value:
        """Names that were there keep their files: text cannot show them."""
        files = [a for a in before or () if a.sha256]
        found = []
        for a in value or ():
            same = None if a.sha256 else next((f for f in files if f.name == a.name), None)
            if same is not None:
                files.remove(same)
            found.append(same or a)
        return tuple(found) or None

    def show(self, value: Value) -> str:
        return "、".join(a.name for a in value or ())

    def write(self, value: Value) -> str:
        return json.dumps([[a.name, a.sha256] for a in value], ensure_ascii=False) if value else ""

    def read(self, text: str) -> Value:
        try:
            return tuple(_attachment(pair) for pair in json.loads(text)) or None if text else None
        except (ValueError, TypeError, RecursionError):
            raise Unreadable("附件的写法读不懂") from None


def _attachment(pair: Any) -> Attachment:
    name, digest = pair
    if not isinstance(name, str) or not re.fullmatch(r"([0-9a-f]{64})?", digest):
        raise ValueError(name)
    return Attachment(name, digest)
