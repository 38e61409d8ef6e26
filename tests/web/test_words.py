"""The words of the explorer in six languages: complete, compiled, and used where they are fixed."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation

from palermo.web import words

ROOT = Path(__file__).parent.parent.parent
LOCALE = ROOT / "src/palermo/web/locale"
LANGUAGES = ("ar", "es", "fr", "ru", "zh_Hans")
FORMS = {"ar": 6, "es": 2, "fr": 2, "ru": 3, "zh_Hans": 1}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.fixture(scope="module")
def extracted() -> set[str]:
    """Every text that is to be translated, read from the sources as `make words` does."""
    with (LOCALE / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = set()
    for folder in ("src/palermo", "corpus"):
        for _file, _line, message, _comments, _context in extract_from_dir(ROOT / folder, methods, options):
            found.add(message if isinstance(message, str) else message[0])
    return found - {""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_text_and_no_other(language: str, extracted: set[str]) -> None:
    held = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue(language) if m.id}
    assert held == extracted, "run `make words` and translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_in_every_form(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            assert not message.fuzzy, message.id
            assert all(forms(message)), message.id
            if not isinstance(message.id, str):
                assert len(forms(message)) == FORMS[language], message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_parts(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        known = set(PLACEHOLDER.findall(" ".join(ids)))
        needed = set(PLACEHOLDER.findall(ids[-1])) if len(ids) == 1 else set()
        for form in forms(message):
            named = set(PLACEHOLDER.findall(form))
            assert needed <= named <= known, (message.id, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    assert (LOCALE / language / "LC_MESSAGES" / "django.mo").read_bytes() == compiled.getvalue(), "run `make words`"


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("26 November 2026", "fr", "26 novembre 2026"),
        ("CAT art 2(1)", "es", "Convención contra la Tortura, art. 2(1)"),
        ("shall (within available means)", "es", "deberá (dentro de los medios disponibles)"),
        ("not bound, law: provided in part", "fr", "non lié, droit\N{NO-BREAK SPACE}: prévu en partie"),
        ("recruitment, transport or transfer", "es", "captación, transporte o traslado"),
        ("any act; abduction; any purpose", "zh-hans", "任何行为；诱拐；任何目的"),
        ("6 months", "ru", "6 месяцев"),
        (" not bound", "fr", " non lié"),
    ],
)
def test_words_made_of_parts_are_put_together_in_the_language(text: str, language: str, said: str) -> None:
    with translation.override(language):
        assert words.translated(text) == said


def test_prose_that_no_catalogue_holds_stays_what_it_is() -> None:
    with translation.override("ar"):
        assert words.translated("whoever holds another person in slavery, recruitment or transport") is None


PAGES = (
    "/",
    "/world",
    "/world?duty=palermo-protocol 6(3)",
    "/states",
    "/instruments",
    "/questions",
    "/questions/sheet",
    *(
        f"/states/{code}{page}"
        for code in ("GBR", "NOR", "COL")
        for page in (
            *("", "/bound", "/history", "/calendar", "/agreements", "/against/palermo-protocol"),
            *("/between/VNM", "/monitoring"),
        )
    ),
    *(f"/instruments/{id}{page}" for id in ("palermo-protocol", "cets-197") for page in ("", "/parties", "/timeline")),
    *("/law/GBR-EAW", "/law/NOR", "/law/COL"),
    *("/questions/entitlements/GBR", "/questions/entitlements/NOR"),
)


class InEnglish(HTMLParser):
    """Collects what a page marks as English, with the element that it names or heads."""

    FIXED = ("h1", "h2", "h3", "dt", "caption", "summary", "badge", "lead")
    VOID = ("br", "circle", "hr", "img", "input", "link", "meta", "path", "rect", "use")

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, str]] = []
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = "badge" if "badge" in (given.get("class") or "") else given.get("class") or tag
        kind = "head" if tag == "th" and given.get("scope") == "col" else kind
        if tag not in self.VOID:
            self._open.append((tag, "english" if tag == "bdi" and given.get("lang") == "en" else kind))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        kinds = [kind for _tag, kind in self._open]
        if kinds[-1:] == ["english"] and kinds[-2:-1] and kinds[-2] in (*self.FIXED, "head"):
            self.found.add(data.strip())


def fixed_in_english(client: Client) -> Iterator[str]:
    """Heads, headings, names of facts, badges and leads that stand in English on the pages of several subjects."""
    on_pages: defaultdict[str, set[str]] = defaultdict(set)
    for path in PAGES:
        response = client.get(path, headers={"accept-language": "ar"}, follow=True)
        if response.status_code == 404:
            continue
        page = InEnglish()
        page.feed(response.content.decode())
        for text in page.found:
            on_pages[text].add("/".join(path.split("/")[1:3]))
    yield from sorted(text for text, pages in on_pages.items() if len(pages) > 1)


def test_no_fixed_word_of_a_page_is_left_in_english(client: Client) -> None:
    named = set(fixed_in_english(client))
    assert not named, f"name these in the catalogue (see words.FIXED and words.PATTERNS): {sorted(named)}"
