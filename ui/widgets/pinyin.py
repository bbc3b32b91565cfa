"""Pinyin initials of Chinese words, so that zctj finds 正常推进."""

from functools import lru_cache


@lru_cache(maxsize=4000)
def initials(text: str) -> str:
    """The first letters of the characters' pinyin, in small letters; other characters stay as they are."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def fits(typed: str, text: str) -> bool:
    """Whether what was typed is a piece of the text or of its initials."""
    typed = typed.strip().lower()
    return typed in text.lower() or (typed.isascii() and typed in initials(text))


@lru_cache(maxsize=40_000)  # as many as a long form has lines, or sorting it again would spell them again
def spelling(text: str) -> str:
    """The pinyin of a text, by which words are sorted."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(text)).lower()
