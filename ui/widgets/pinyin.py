"""Pinyin initials of Chinese words, so that zctj finds 正常推进."""

from functools import lru_cache


@lru_cache(maxsize=4000)
def initials(text: str) -> str:
    """The first letters of the characters' pinyin, in lower case; other characters do not change."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def fits(typed: str, text: str) -> bool:
    """Whether the typed text is part of the text or of its initials."""
    typed = typed.strip().lower()
    return typed in text.lower() or (typed.isascii() and typed in initials(text))


@lru_cache(maxsize=40_000)  # as many as a long form has lines, so that sorting it again is quick
def spelling(text: str) -> str:
    """The pinyin of a text, by which words are sorted."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(text)).lower()
