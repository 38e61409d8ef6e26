"""Names compare across scripts and romanisations; what sounds apart stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.linkage.names import sound_of, without_particles, words_of


def sound(name: str) -> str:
    return sound_of(without_particles(words_of(name)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed", "Mouhamed"),
        ("Mohammed", "محمد"),
        ("Mohammed", "MUHAMMAD"),
        ("Youssef", "Jusuf"),
        ("Jamal", "Djamal"),
        ("Hussein", "حسين"),
        ("Al-Hassan", "Hasan"),
        ("Melnychuk", "Мельничук"),
        ("Melnychuk", "Melnytschuk"),
        ("Iuliia", "Yuliya"),
        ("Xiaoming", "Hsiao-ming"),
        ("小明", "Xiao Ming"),
        ("Nguyễn", "NGUYEN"),
        ("Thị Hương", "Huong"),
        ("Ştefan", "Stefan"),
        ("O'Brien", "OBrien"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ali", "Omar"), ("Li", "Lo"), ("Maria", "Marta"), ("Wang", "Zhang"), ("Ahmed", "Hamed")]
)
def test_other_names_sound_apart(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_a_name_of_particles_alone_keeps_them() -> None:
    assert without_particles(words_of("Al")) == ["al"]


@given(st.text(max_size=30))
def test_any_text_gives_plain_words_and_a_sound_in_capitals(text: str) -> None:
    words = words_of(text)
    assert all(word.isascii() and word.islower() for word in words)
    key = sound_of(words)
    assert key == key.upper()
    assert bool(key) == bool(words)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_case_and_marks_do_not_matter(word: str) -> None:
    assert sound(word) == sound(word.upper())
    assert sound(word) == sound(f" {word}.")
