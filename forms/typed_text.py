"""Understanding office cells: 2000万, 1.2亿, 85％, 八成, 3月底, Excel's day numbers; one place for typing, pasting and files.

`understand` turns what people write into what a kind reads; what could mean two things is refused with a question.
"""

import difflib
import re
from collections.abc import Sequence

from forms import days, figures
from forms.choices import Choice, Several
from forms.dates import UNDATED, Day, DueDay, Month
from forms.kind import Ambiguous, Kind, Number, Unreadable, plain

NOTHING = {"—", "——", "-", "--", "---", "–", "―", "─", "/", "\\", "无", "暂无", "没有", "空", "不涉及", "不适用"}
NOTHING |= {"*", "···", "...", "......", "n/a", "na", "null", "none"}
DITTO = {"同上", "同前", "〃", "″", "”", '"', "''", "“", "々"}
MERGED = "（合并单元格）"  # the text of a cell that a merged one above covers
UNSEEN = re.compile(
    "[\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\ufffe\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
YES = {"是", "√", "✓", "✔", "☑", "对", "有", "y", "yes", "true", "t", "1", "是的", "已", "v"}
NO = {"否", "×", "✗", "✘", "☒", "错", "不是", "n", "no", "false", "f", "0", "未", "x", "✕"}
BOX = re.compile(r"([☑■√✓✔▣☐□○])\s*([^☑■√✓✔▣☐□○]+)")


def understand(kind: Kind, typed: str, unit: str = "", year: int | None = None) -> str:
    """The text that `kind` reads for what was typed into a cell counted in `unit`; `year` completes days without
    one. Raises Unreadable where the text could mean several things.
    """
    typed = visible(typed)
    if is_ditto(typed):
        raise Ambiguous(f"“{typed.strip()}”看不到上面是什么，请写明")
    if isinstance(kind, DueDay) and plain(typed) in UNDATED:
        return typed
    if not isinstance(kind, Choice | Number | Day | Month):
        return typed
    text = plain(typed)
    if isinstance(kind, Choice):
        return typed if not text or isinstance(kind, Several) else _option(kind, text, typed.strip())
    if not text or text.lower() in NOTHING:
        return ""
    if isinstance(kind, Number):
        return figures.figure(text, typed.strip(), unit)
    return (days.day if isinstance(kind, Day) else days.month)(text, typed.strip(), year)


def visible(text: str) -> str:
    """The text without invisible characters; unusual blanks become plain ones."""
    return UNSEEN.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n")).replace("\xa0", " ")


def spelled_out(block: Sequence[Sequence[str]], above: Sequence[str] = ()) -> list[list[str]]:
    """The block with 同上, 〃 and the cells under a merged one replaced by the text above them; `above` are the texts of
    the row over the block. Where there is no text above, the sign is kept.
    """
    out: list[list[str]] = []
    last = list(above)
    for cells in block:
        line = [last[n] if is_ditto(c) and n < len(last) and last[n].strip() else c for n, c in enumerate(cells)]
        out.append(line)
        last = line
    return out


def as_above(typed: str, above: str) -> str:
    """The text that is meant by what was typed into one cell, under a cell that shows `above`. Raises Unreadable for 同上
    without a text above.
    """
    if is_ditto(typed) and not above.strip():
        raise Unreadable(f"“{typed.strip()}”的上面没有内容，请写明")
    return above if is_ditto(typed) else typed


def is_ditto(cell: str) -> bool:
    """Whether a cell means “the same as above”: 同上, 〃 and the like."""
    return cell == MERGED or cell.strip() in DITTO


## choices


def _option(kind: Choice, text: str, typed: str) -> str:
    """The name of the option that is meant: signs of yes and no, ticked boxes, blanks and brackets around a name."""
    names = [w for o in kind.options for w in (o.id, o.name, o.short) if w]
    tight = {_tight(plain(n)): n for n in reversed(names)}
    for wanted in (text, *_undressed(text)):
        if hit := tight.get(_tight(wanted)):
            return hit
    for word, signs in (("是", YES), ("否", NO)):
        if {"是", "否"} <= set(names) and text.lower() in signs:
            return word
    if text.lower() in NOTHING:
        return ""
    if ticked := _ticked(text, tight):
        return ticked
    if near := _near(kind, text):
        raise Ambiguous(f"“{typed}”不在可选的内容里，是不是“{'”或“'.join(near)}”？请写全")
    short = [o.short or o.name for o in kind.options]
    few = f"{'、'.join(short[:8])}{'……' if len(short) > 8 else ''}"
    raise Unreadable(f"“{typed}”不在可选的内容里，请从“{few}”里选一个")


def _tight(text: str) -> str:
    """The text without blanks, and with one of two spellings of 其他."""
    return re.sub(r"\s", "", text).replace("其它", "其他")


def _undressed(text: str) -> list[str]:
    """The text without brackets around it, a number before it, a stop behind it."""
    bare = re.sub(r"^[(\[{【〔《“\"'<]+|[)\]}】〕》”\"'>。.;,、:]+$", "", text).strip()
    return [
        bare,
        re.sub(r"^(\d{1,2}|[一二三四五六七八九十]{1,2}|\([一二三四五六七八九十\d]{1,2}\))[.、)]?\s*", "", bare),
    ]


def _ticked(text: str, tight: dict[str, str]) -> str:
    """The one option that is ticked, as in ☑新建 □续建."""
    boxes = [(mark in "☐□○", _tight(name)) for mark, name in BOX.findall(text)]
    ticked = [name for empty, name in boxes if not empty]
    known = all(name in tight for _, name in boxes)
    return tight[ticked[0]] if known and len(ticked) == 1 and text[:1] in "☑■√✓✔▣☐□○" else ""


def _near(kind: Choice, text: str) -> list[str]:
    """The options most like the text, three at most."""
    names = [o.name for o in kind.options]
    return ([n for n in names if text in n or n in text] or difflib.get_close_matches(text, names, 2, 0.6))[:3]
