"""Letters in the six languages as their reader sees them: the pages, not the files.

Word files are opened by LibreOffice (`soffice`), PDF files as they are.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest

import palermo
from palermo.cooperation.answers import Route
from palermo.cooperation.requests import RequestDraft, missing, new_draft, route_of, with_element
from palermo.documents.letter import Letter
from palermo.documents.letter_pdf import letter_pdf
from palermo.documents.letter_word import letter_word
from palermo.ledger.parties import LANGUAGES
from palermo.reports.request_letter import request_letter

if TYPE_CHECKING:
    from numpy.typing import NDArray

FACTS = {
    "en": "On 3 May 2025 the suspect recruited four persons in Hanoi with false offers of work and kept their papers. ",
    "fr": "Le 3 mai 2025, la personne mise en cause a recruté quatre personnes à Hanoï en leur promettant un emploi. ",
    "es": "El 3 de mayo de 2025 la persona investigada captó a cuatro personas en Hanói con falsas ofertas de empleo. ",
    "ar": "في 3 أيار/مايو 2025 جند المشتبه به أربعة أشخاص في هانوي (Hanoi) بعروض عمل كاذبة واحتجز جوازات سفرهم. ",
    "zh": "2025年5月3日，犯罪嫌疑人在河内以虚假工作机会招募了四人，并扣留了他们的护照。",
    "ru": "3 мая 2025 года подозреваемый завербовал в Ханое четырёх человек ложными предложениями работы. ",
}
RIGHT_TO_LEFT = {"ar"}
SCALE = 2
POINTS_PER_MM = 72 / 25.4


def drafted(law: palermo.Law, language: str) -> tuple[RequestDraft, Route]:
    found = law.routes("FRA", "VNM", "hearing", on=date(2026, 11, 25))
    draft = new_draft(law.corpus, found, "untoc", language)
    return with_element(draft, "facts", FACTS[language] * 12), route_of(found, draft.basis)


@pytest.fixture(scope="module")
def letters(law: palermo.Law) -> dict[str, Letter]:
    return {language: request_letter(law.corpus, *drafted(law, language)) for language in LANGUAGES}


@pytest.fixture(scope="module")
def pages(letters: dict[str, Letter], tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """PDF files by kind and language: our own, and what LibreOffice makes of the Word files."""
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is needed: make test brings it, or says how"
    folder = tmp_path_factory.mktemp("letters")
    for language, letter in letters.items():
        (folder / f"{language}.docx").write_bytes(letter_word(letter))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    names = [str(folder / f"{language}.docx") for language in letters]
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *names]
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fonts(folder))}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)
    seen = {("word", language): (folder / f"{language}.pdf").read_bytes() for language in letters}
    return seen | {("pdf", language): letter_pdf(letter) for language, letter in letters.items()}


def _fonts(folder: Path) -> Path:
    """A font configuration with the shipped fonts in front, so that the test sees the same on every machine."""
    shipped = files("palermo.documents").joinpath("fonts")
    own = f"<dir>{shipped}</dir><cachedir>{folder / 'fontcache'}</cachedir>"
    system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    path = folder / "fonts.conf"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{own}{system}</fontconfig>'
    )
    return path


CASES = [(kind, language) for kind in ("word", "pdf") for language in LANGUAGES]


def images(pdf: bytes) -> Iterator[NDArray[np.uint8]]:
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield np.asarray(page.render(scale=SCALE, grayscale=True).to_numpy())


def ink_lines(image: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """The left and right end of each line of ink."""
    dark = image < 140
    rows = dark.any(axis=1)
    ends = []
    for inked, group in groupby(enumerate(rows), key=lambda entry: bool(entry[1])):
        numbers = [number for number, _ in group]
        if inked and len(numbers) > 5 * SCALE:
            columns = np.flatnonzero(dark[numbers[0] : numbers[-1] + 1].any(axis=0))
            ends.append((int(columns[0]), int(columns[-1])))
    return ends


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_lines_begin_at_the_right_side(pages: dict[tuple[str, str], bytes], kind: str, language: str) -> None:
    """Arabic lines stand flush at the right margin and end ragged at the left; the others the other way round."""
    image = next(images(pages[kind, language]))
    ends = ink_lines(image)
    margin = 20 * POINTS_PER_MM * SCALE
    at_left = sum(left < margin + 6 * SCALE for left, _ in ends)
    at_right = sum(right > image.shape[1] - margin - 6 * SCALE for _, right in ends)
    assert len(ends) > 15
    if language in RIGHT_TO_LEFT:
        assert at_right > at_left
        assert at_right > 0.7 * len(ends)
    else:
        assert at_left > at_right
        assert at_left > 0.7 * len(ends)


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_every_letter_has_its_glyph(pages: dict[tuple[str, str], bytes], kind: str, language: str) -> None:
    """Letters that no font has would all show the same box: here different letters look different."""
    with pypdfium2.PdfDocument(pages[kind, language]) as document:
        page = document[0]
        image = np.asarray(page.render(scale=4, grayscale=True).to_numpy())
        text = page.get_textpage()
        whole = text.get_text_bounded()
        seen: dict[str, bytes] = {}
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            if len(letter) != 1 or letter.isspace() or ord(letter) < 0x250 or not letter.isalpha():
                continue
            left, bottom, right, top = text.get_charbox(index)
            height = image.shape[0]
            crop = image[int(height - top * 4) : int(height - bottom * 4), int(left * 4) : int(right * 4)]
            if crop.size:
                seen.setdefault(letter, io.BytesIO(np.ascontiguousarray(crop < 128).tobytes()).getvalue())
    assert "\ufffd" not in whole
    if language in ("ar", "zh", "ru"):
        assert len(seen) > 20
        assert len(set(seen.values())) > 0.85 * len(seen)


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_nothing_runs_off_the_page(pages: dict[tuple[str, str], bytes], kind: str, language: str) -> None:
    quiet = int(15 * POINTS_PER_MM * SCALE)
    for image in images(pages[kind, language]):
        dark = image < 140
        assert not dark[:, :quiet].any()
        assert not dark[:, -quiet:].any()
        assert not dark[: quiet // 2].any()
        assert not dark[-quiet // 2 :].any()


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_every_missing_element_is_named_where_it_belongs(
    law: palermo.Law, pages: dict[tuple[str, str], bytes], kind: str, language: str
) -> None:
    """Each stands highlighted on a line of its own; but for Arabic (a PDF mirrors brackets), with its provision."""
    draft, route = drafted(law, language)
    lacking = missing(law.corpus, draft, route)
    with pypdfium2.PdfDocument(pages[kind, language]) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        marked = sum(
            highlighted(np.asarray(page.render(scale=SCALE, rev_byteorder=True).to_numpy())) for page in document
        )
    assert len(lacking) == marked == 5
    if language not in RIGHT_TO_LEFT:
        assert all(element.required_by[0].split("art ")[1] in text for element in lacking)


def highlighted(image: NDArray[np.uint8]) -> int:
    """How many lines of a page stand on yellow."""
    red, green, blue = (image[..., channel].astype(int) for channel in range(3))
    yellow = ((red > 200) & (green > 180) & (blue < 120)).any(axis=1)
    return sum(inked for inked, _ in groupby(yellow))


def test_the_same_letter_gives_the_same_bytes(letters: dict[str, Letter]) -> None:
    for letter in letters.values():
        assert letter_word(letter) == letter_word(letter)
        assert letter_pdf(letter) == letter_pdf(letter)


def test_the_pdf_says_that_it_is_pdf_a(letters: dict[str, Letter]) -> None:
    written = letter_pdf(letters["en"])
    assert b"pdfaid:part" in written


def test_a_word_letter_can_be_changed_and_tracked(letters: dict[str, Letter], tmp_path: Path) -> None:
    """Nothing is locked: no protection, no field in place of words, every heading a heading."""
    import docx

    path = tmp_path / "letter.docx"
    path.write_bytes(letter_word(letters["ar"]))
    document = docx.Document(str(path))
    assert "documentProtection" not in document.settings.element.xml
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 2"]
    assert [passage.heading for passage in letters["ar"].passages] == headings
    assert document.sections[0].different_first_page_header_footer
