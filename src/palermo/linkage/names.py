"""Names made comparable: one spelling of letters for all scripts, and a key of how the consonants sound.

Vowels are what romanisations differ in most, and Arabic and Hebrew do not write them; so the key keeps consonants, in
classes of letters that romanisations take for each other, and tells a vowel only at the beginning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from anyascii import anyascii

_VOWELS = tuple("aeiouy")
_LETTERS = re.compile(r"[a-z]+")
_JOINTS = re.compile(r"['’‘`ʼʻ´.]")
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CASELESS = re.compile(r"[぀-ヿ㐀-鿿가-힣]")

_PARTICLES = frozenset(
    "al el ul ad as ash az an ar at ed de del dela la las los da do dos di von van bin ibn ben bint binti thi o".split()  # noqa: SIM905 (read as a line of words)
)
"""Short words before a name that one writer sets apart, another joins and a third leaves out."""

_SOUNDS = [
    (re.compile(old), new)
    for old, new in (
        (r"^(?:y|i|dj|dzh|gj)(?=[aeou])|^dsch", "j"),
        (r"schtsch|shch|chtch|tsch|tch|cz", "C"),
        (r"[ck]h(?=[rl])", "k"),
        (r"dsch|dzh|dj|jh", "j"),
        (r"ch", "C"),
        (r"^x(?=[aeiou])|sch|sh|zh|hs(?=[iu])|ts|tz|sz|zs", "s"),
        (r"[kg]h", "h"),
        (r"ph", "f"),
        (r"(?<=[tdbrl])h|(?<=[aeiou])h$", ""),
        (r"x", "ks"),
        (r"c(?=[aoukrlt]|$)", "k"),
        (r"(?<=i)j|j$", "i"),
    )
]
_CLASSES = str.maketrans("bvfwpckgqjzdtsmnlrh", "BVVVPCKKKJSTTSMNLRH")


def words_of(name: str) -> list[str]:
    """The words of a name in small Latin letters without marks, whatever its script.

    Letters of other scripts are transliterated one by one (AnyAscii), Han characters by their Mandarin reading.
    """
    text = unicodedata.normalize("NFKC", name)
    parted = _CASELESS.search(text) is not None
    text = anyascii(text)
    if parted:
        text = _CAPITAL_WITHIN.sub(" ", text)
    return _LETTERS.findall(_JOINTS.sub("", text.lower()))


def without_particles(words: list[str]) -> list[str]:
    """The words without particles such as al, de, bin; all of them if nothing else is left."""
    return [word for word in words if word not in _PARTICLES] or words


def sound_of(words: Sequence[str]) -> str:
    """How the consonants of a name sound, as capital letters; `A` for a vowel at the beginning.

    A name with one consonant also gets the kind of its first vowel, so that Li and Lo stay apart.
    """
    text = "".join(words)
    for old, new in _SOUNDS:
        text = old.sub(new, text)
    first = "A" if text[:1] in _VOWELS else ""
    consonants = re.sub(r"[aeiouy]", "", text).translate(_CLASSES)
    key = first + re.sub(r"(.)\1+", r"\1", consonants)
    if len(key) > 1:
        return key
    vowel = re.search(r"[aeiouy]", text)
    return key + ("" if vowel is None else "I" if vowel[0] in "eiy" else "O")
