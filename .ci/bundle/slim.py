"""What goes along smaller than it is kept here: packed fonts, and a dictionary without what says nothing new."""

import gzip
import json
import lzma
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

EVERY_START = "QingdanUI"  # the window waits for these: packed less, unpacked quickly


def packed(font: Path, into: Path) -> Path:
    """A packed copy of a font, as resources.content reads it."""
    quick = font.name.startswith(EVERY_START)
    target = into / f"{font.name}{'.gz' if quick else '.xz'}"
    pack: Callable[[bytes], bytes] = (lambda content: gzip.compress(content, 9, mtime=0)) if quick else lzma.compress
    into.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pack(font.read_bytes()))
    return target


def phrases(library: Path, into: Path) -> Path:
    """Pypinyin's dictionary of phrases without those that read as their characters do; tones do not count here. Those that
    share an end with a phrase of another reading stay: they keep 调整 from being torn apart in 申请调整.
    """
    single = _read(library / "pinyin_dict.json")
    first = {chr(int(number)): _toneless(readings.split(",")[0]) for number, readings in single.items()}
    whole = _read(library / "phrases_dict.json")
    known = {word: [_toneless(s[0]) for s in said] for word, said in whole.items()}
    odd = {c for word, said in known.items() for c, s in zip(word, said, strict=False) if s != first.get(c)}
    new = {w: whole[w] for w, said in known.items() if said != [first.get(c) for c in w] or {w[0], w[-1]} & odd}
    target = into / "phrases_dict.json"
    into.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(new, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return target


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _toneless(reading: str) -> str:
    """nǚ → nü: every mark but the two dots is a tone."""
    marks = (c for c in unicodedata.normalize("NFD", reading) if not unicodedata.combining(c) or c == "\u0308")
    return "".join(marks)
