"""An answer of Palermo as a source: what was asked, about which day, from which corpus, where it stands, when read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palermo.citations.styles import Style, day_in


@dataclass(frozen=True, slots=True)
class AnswerCited:
    """A page or report: its title, the day asked about, the version of the corpus, its address, the day it was read."""

    title: str
    on: date | None
    corpus_version: str
    address: str
    accessed: date


def cite_answer(answer: AnswerCited, style: Style = "oscola") -> str:
    """An answer as a source on the web: OSCOLA 3.4.8, Bluebook rule 18.2, United Nations practice for web pages."""
    about = f"law as on {day_in(style, answer.on)}, " if answer.on and not _told(answer, style) else ""
    version = f"{about}corpus {answer.corpus_version}"
    read = day_in(style, answer.accessed)
    if style == "oscola":
        return f"Palermo, ‘{answer.title}’ ({version}) <{answer.address}> accessed {read}"
    if style == "bluebook":
        return f"{answer.title}, Palermo ({version}), {answer.address} (last visited {read})."
    return f"Palermo, “{answer.title}” ({version}). Available at {answer.address} (accessed on {read})"


def _told(answer: AnswerCited, style: Style) -> bool:
    """Whether the title already says the day asked about."""
    return answer.on is not None and any(day_in(s, answer.on) in answer.title for s in {"oscola", style})
