"""Kinds (类型), what a field can hold: each kind parses, shows, writes and stores its own values."""

import re
import unicodedata
from dataclasses import dataclass
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
class Option:
    """One answer of a choice: stable id, the name people read, a short name, a sign, and its meaning."""

    id: str
    name: str
    short: str = ""
    mark: str = ""
    explain: bool = False  # choosing it asks for a reason
    note: str = ""
    asks: str = ""  # what choosing it asks of the county: a word of forms.states.Request


@dataclass(frozen=True)
class Kind:
    """The behaviour of a value (类型): `parse` what people type, `show` to people, `write`/`read` as text in files,
    `store`/`load` as an SQLite value. Every method takes and gives None for "not filled". What screens, papers and files
    have to know of a kind is asked of it here, with a default that suits words; they do not ask which class it is. A kind
    that adds no field is plainly a subclass: each dataclass costs every start half a millisecond.
    """

    sql: ClassVar[str] = "TEXT"
    json: ClassVar[str] = "string"
    align: ClassVar[str] = "left"
    excel: ClassVar[str] = "@"  # number format of Excel cells
    numeric: ClassVar[bool] = False  # values can be added up, and drawn as bars
    dated: ClassVar[str] = ""  # day or month, where values are days or months
    set_as: ClassVar[str] = "text"  # on paper: text wraps; a short name is not broken; a figure is on one line
    least: ClassVar[float] = 7.0  # width of a workbook's column at least, in half-width characters
    widest: ClassVar[str] = ""  # the text for which every column on the screen has room
    chosen: ClassVar[bool] = False  # values are ids of `choices`
    has_files: ClassVar[bool] = False  # values name files that travel along
    names_folder: ClassVar[bool] = False  # a value is the path of a folder

    @property
    def on_one_line(self) -> bool:
        """Whether a value is a figure, which paper never breaks."""
        return self.set_as == "figure"

    @property
    def choices(self) -> tuple[Option, ...]:
        """What can be chosen."""
        return ()

    @property
    def of(self) -> str:
        """The list of the plan that gives the choices, while they are not bound; '' for any other kind."""
        return ""

    def bind(self, options: tuple[Option, ...], former: tuple[Option, ...] = ()) -> "Kind":
        """The kind with the choices of one plan; the same kind where the plan gives none."""
        return self

    @property
    def several(self) -> bool:
        """Whether a value is a tuple of ids of the choices."""
        return False

    @property
    def marked(self) -> bool:
        """Whether choices bear signs: such a field says how a line is getting on."""
        return any(o.mark for o in self.choices)

    @property
    def prose(self) -> bool:
        """Whether values are texts of several lines."""
        return False

    @property
    def limit(self) -> int:
        """The most characters of a text; 0 where it is no free text."""
        return 0

    @property
    def example(self) -> str:
        """A value as one would write it; '' where none is needed."""
        return ""

    @property
    def places(self) -> int:
        """Decimal places of a figure; SQLite keeps it in units of the last."""
        return 0

    def cell(self, value: Value) -> Value:
        """What a workbook's cell holds: a figure or a day where it can reckon with it, else the text people read."""
        return None if value is None else self.show(value)

    def as_typed(self, value: Value) -> str:
        """Text that `parse` reads back, as one would type it: names, not ids."""
        return self.write(value)

    def sort_key(self, value: Value) -> Any:
        """The place of a value among others; None where they go by their words."""
        return None

    def broken(self, text: str) -> list[str]:
        """The parts of a shown figure when one line has no room for it."""
        return [text]

    def files(self, value: Value) -> tuple[Any, ...]:
        """The Attachments of a value that have a file."""
        return ()

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
        """The name of the mark drawn with the value (idle, doing, warn, late, done), or ''."""
        return ""

    def keep(self, value: Value, before: Value) -> Value:
        """The value typed over `before`, with the parts that text cannot express taken from there."""
        return value


@dataclass(frozen=True)
class Text(Kind):
    """Words. `long` text wraps and may have line breaks; `limit` is the most characters."""

    long: bool = False
    limit: int = 200
    pattern: str = ""
    example: str = ""

    @property
    def prose(self) -> bool:
        return self.long

    def parse(self, typed: str) -> Value:
        text = "\n".join(line.rstrip() for line in typed.strip().splitlines()) if self.long else " ".join(typed.split())
        if len(text) > self.limit:
            raise Unreadable(f"有{len(text)}字，超过{self.limit}字，请删减到{self.limit}字以内")
        if text and self.pattern and not re.fullmatch(self.pattern, plain(text)):
            raise Unreadable(f"“{text}”不像这一栏的内容，请按“{self.example}”的样子填写")
        return text or None

    def read(self, text: str) -> Value:
        return text or None


class Folder(Text):
    """The path of a folder, kept as it was typed but for spaces around it."""

    names_folder: ClassVar[bool] = True

    def parse(self, typed: str) -> Value:
        super().parse(typed)
        return typed.strip() or None


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
    numeric: ClassVar[bool] = True
    set_as: ClassVar[str] = "figure"
    least: ClassVar[float] = 10.5

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

    def as_typed(self, value: Value) -> str:
        return self.show(value).replace(",", "")

    def cell(self, value: Value) -> Value:
        return value

    def sort_key(self, value: Value) -> Any:
        return value

    def store(self, value: Value) -> int | None:
        return None if value is None else int(Decimal(value).scaleb(self.places).to_integral_value())

    def load(self, stored: Any) -> Value:
        return (
            None if stored is None else Decimal(stored).scaleb(-self.places).quantize(Decimal(1).scaleb(-self.places))
        )


@dataclass(frozen=True)
class Integer(Number):
    """A figure without decimals: a count of people, households, pieces."""

    places: int = 0

    json: ClassVar[str] = "integer"

    def parse(self, typed: str) -> Value:
        value = super().parse(typed)
        return None if value is None else int(value)

    def load(self, stored: Any) -> Value:
        return None if stored is None else int(stored)
