"""Rates of a scoring rule: words with the points that each of them costs or brings."""

import re
from decimal import Decimal, InvalidOperation

from forms.kind import Kind, Unreadable, Value, plain


class Rates(Kind):
    """Pairs of word and points, written as 迟报=1、未报=3; a tuple of (word, Decimal)."""

    def parse(self, typed: str) -> Value:
        return tuple(_pair(p) for p in re.split(r"[、,，;；\n]", typed) if p.strip()) or None

    def write(self, value: Value) -> str:
        return "、".join(f"{word}={points:f}" for word, points in value or ())


def _pair(text: str) -> tuple[str, Decimal]:
    word, equals, points = plain(text).partition("=")
    try:
        figure = Decimal(points.strip())
    except InvalidOperation:
        figure = Decimal("NaN")
    if not word.strip() or not equals or not figure.is_finite():
        raise Unreadable(f"“{text.strip()}”不是“词=分”的样子，请写成“迟报=1、未报=3”这样")
    return word.strip(), figure
