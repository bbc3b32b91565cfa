"""The shipped faces in PDF: complete, embedded, searchable to the rarest character, and the same bytes every time."""

import gc
import io
from collections.abc import Callable, Iterator
from typing import Any

import pypdf
import pytest
from fontTools.ttLib import TTFont

from exports.pdf import fonts
from exports.pdf.fonts import HEI, RARE, SONG, TITLE, open_canvas, operators, runs, width
from resources import path

RAREST = "𬭊𠅤𣲗䶮㛃㸌塅圫硚峒溇㮾䢺坵峝潕氹㘭㵲㙟"
SYMBOLS = "·㎡㎥①⑳〔〕—…“”‘’￥％×÷≥≤±℃‰✓●○◐◆▲△□■★√→№Ⅰ"
SMALL = (SONG, TITLE, HEI, "QingdanUI-Regular", "QingdanUI-Bold")


def gb2312() -> set[str]:
    """The 6763 characters, the marks, letters and signs of the national standard."""
    pairs = (bytes((a, b)) for a in range(0xA1, 0xF8) for b in range(0xA1, 0xFF))
    return {char for char in (pair.decode("gb2312", "ignore") for pair in pairs) if char}


def paper(*texts: tuple[str, str]) -> bytes:
    """A PDF with a line for each (text, face)."""
    target = io.BytesIO()
    canvas = open_canvas(target, (595, 842), "样张", "绥宁县")
    for n, (text, name) in enumerate(texts):
        shown = operators(text, name, 10.5, canvas._doc)
        canvas._code.append(f"BT 1 0 0 1 40 {780 - 20 * n} Tm {shown} ET")
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def read(pdf: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def embedded(pdf: bytes) -> dict[str, bytes]:
    """The programs of a PDF's fonts by name, with the subset's six letters; a font without one fails."""
    resources: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    fonts = resources.get("/Font", {})
    descendants = [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts.values()]
    return {font["/BaseFont"]: font["/FontDescriptor"]["/FontFile2"].get_data() for font in descendants}


def shipped(name: str) -> TTFont:
    """A shipped font, read whole."""
    return TTFont(io.BytesIO(path("fonts", f"{name}.ttf").read_bytes()))


@pytest.fixture
def batch() -> Iterator[Callable[..., None]]:
    """Makes shared subsets and forgets them afterwards."""
    yield fonts.freeze
    fonts.thaw()


@pytest.mark.parametrize("name", SMALL)
def test_every_small_face_has_all_of_gb2312_and_the_usual_symbols(name: str) -> None:
    has = {chr(point) for point in shipped(name).getBestCmap()}
    assert len(gb2312()) == 7445
    assert gb2312() | set(SYMBOLS) | set("塅圫硚峒溇㮾䢺䶮㛃㸌𬭊𠅤𣲗") <= has


def test_song_and_rare_cover_all_of_gbk_and_extension_a() -> None:
    both = fonts.face(SONG).covers | fonts.face(RARE).covers
    gbk = {chr(point) for point in (*range(0x4E00, 0x9FA6), *range(0x3400, 0x4DB6))}
    assert gbk <= both


@pytest.mark.parametrize("name", [SONG, TITLE, HEI, RARE])
def test_the_fonts_own_names_do_not_clash_with_each_other(name: str) -> None:
    names = shipped(name)["name"]
    assert (names.getDebugName(6), "Noto" in names.getDebugName(4)) == (name, False)


def test_the_windows_faces_are_one_family_linked_by_style() -> None:
    regular, bold = (shipped(f"QingdanUI-{style}") for style in ("Regular", "Bold"))
    assert [font["name"].getDebugName(1) for font in (regular, bold)] == ["Qingdan UI", "Qingdan UI"]
    assert [font["name"].getDebugName(2) for font in (regular, bold)] == ["Regular", "Bold"]
    assert [(font["head"].macStyle, font["OS/2"].fsSelection & 0x61) for font in (regular, bold)] == [
        (0, 0x40),
        (1, 0x20),
    ]


@pytest.mark.parametrize("name", [SONG, TITLE, HEI])
def test_the_rarest_characters_can_be_searched_and_copied(name: str) -> None:
    pdf = paper((f"绥宁{RAREST}2024年——", name), (SYMBOLS, name))
    assert read(pdf).splitlines() == [f"绥宁{RAREST}2024年——", SYMBOLS]


def test_reportlabs_own_text_calls_work_with_our_faces() -> None:
    target = io.BytesIO()
    canvas = open_canvas(target, (595, 842), "样张", "绥宁县")
    canvas.setFont(HEI, 12)
    canvas.drawString(40, 700, "县直部门𬭊")
    canvas.drawRightString(500, 680, "16,000.00")
    canvas.save()
    assert read(target.getvalue()).split() == ["县直部门𬭊", "16,000.00"]


def test_all_fonts_are_embedded_and_ours() -> None:
    found = embedded(paper(("正文坵", SONG), ("标题", TITLE), ("表头", HEI)))
    assert sorted(name.split("+")[1] for name in found) == sorted([SONG, TITLE, HEI, RARE])
    assert all(len(program) > 1000 for program in found.values())


def test_no_font_of_reportlabs_own_is_named() -> None:
    assert b"Helvetica" not in paper()
    assert b"Helvetica" not in paper(("正文", SONG))


def test_equal_papers_are_equal_bytes_whatever_was_made_before() -> None:
    first = paper(("绥宁县2024年𬭊", SONG), ("任务清单坵", HEI))
    paper(("绥宁县2024年𬭊和许多别的字坵", SONG), ("任务清单坵等等", HEI))
    assert paper(("绥宁县2024年𬭊", SONG), ("任务清单坵", HEI)) == first
    assert paper(("绥宁县2025年𬭊", SONG), ("任务清单坵", HEI)) != first


def test_a_batch_shares_one_subset_and_stays_searchable(batch: Callable[..., None]) -> None:
    texts = ["瓦屋塘镇坵", "长铺子苗族侗族乡㘭𬭊"]
    batch(texts)
    made = [paper((text, SONG)) for text in texts]
    assert embedded(made[0]) == embedded(made[1])
    assert len(embedded(made[0])) == 2
    assert [read(pdf) for pdf in made] == texts


def test_a_paper_beyond_the_batchs_characters_makes_its_own_subset(batch: Callable[..., None]) -> None:
    batch(["瓦屋塘镇"])
    shared, own = paper(("瓦屋塘镇", SONG)), paper(("武阳镇", SONG))
    assert (read(shared), read(own)) == ("瓦屋塘镇", "武阳镇")
    assert embedded(shared).keys() != embedded(own).keys()


def test_what_a_face_lacks_comes_from_rare_and_what_none_has_shows_as_a_sign() -> None:
    assert [(font.fontName, run) for font, run in runs("甲坵乙", HEI)] == [(HEI, "甲"), (RARE, "坵"), (HEI, "乙")]
    assert [(font.fontName, run) for font, run in runs("甲\ue000乙", HEI)] == [(HEI, "甲"), (SONG, "〓"), (HEI, "乙")]
    assert runs("", HEI) == []


def test_a_tab_is_a_space_and_characters_without_a_shape_fall_away() -> None:
    assert "".join(run for _, run in runs("甲\t乙\u200b\ufeff丙\ufe0f", SONG)) == "甲 乙丙"


def test_widths_are_those_printed() -> None:
    assert width("绥宁坵𬭊\ue000", SONG, 10) == 50
    assert width("\u200b", SONG, 10) == 0
    assert width("——…“·", SONG, 10) == 50  # full squares, as Chinese sets them
    assert 5 < width("0", SONG, 10) < 6


def test_a_document_that_is_thrown_away_leaves_nothing_behind() -> None:
    font = fonts.face(SONG)
    open_canvas(io.BytesIO(), (595, 842), "样张", "绥宁县")
    gc.collect()
    assert (len(font.used), len(font.names)) == (0, 0)
