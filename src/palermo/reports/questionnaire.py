"""A questionnaire for a State in words: the law, the answer and what stands beside; and as a file to fill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from palermo.documents.report import Block, Line, Notice, Paragraph, Report, Table, line, muted
from palermo.monitoring.answers import Drafted, QuestionAnswered, QuestionnaireAnswered, Said, Taken
from palermo.monitoring.own_answers import GivenAnswer
from palermo.reports.words import NOT_ADVICE, day

FITS = {
    "same_question": "the same question",
    "same_duties": "a question about the same duties",
    "shared_duty": "a question that shares a duty",
    "same_matter": "a question in the same matter",
}
HEADS = (
    "Question",
    "What is asked",
    "The law as encoded",
    "Answer",
    "Answers to other questions",
    "Others",
    "The State",
)
UNREAD = "The questionnaire was not read question by question: order, numbers and wording of the original differ."
HOW = (
    "Write into the column Answer and read the file back with --own. An answer to a question that differs is offered "
    "in the next column with the difference, and never filled in. The law as encoded is no answer of the State."
)


def questionnaire_report(found: QuestionnaireAnswered) -> Report:
    """The questionnaire as one table, which a spreadsheet and a Word file take whole."""
    blocks: list[Block] = [Paragraph(line(f"{found.title}. Source: {found.source}."))]
    if not found.verified:
        blocks.append(Notice(line(f"{UNREAD} {found.note or ''}".strip())))
    elif found.note:
        blocks.append(Paragraph(line(found.note)))
    blocks.append(Paragraph(line(muted(HOW))))
    blocks.append(Table("Questions", HEADS, tuple(_row(question) for question in found.questions)))
    return Report(f"{found.state_name}: {found.questionnaire}, on {day(found.on)}", tuple(blocks), NOT_ADVICE)


def _row(question: QuestionAnswered) -> tuple[Line, ...]:
    return (
        line(question.id),
        line(f"{question.part}: {question.asks} ({question.cite})"),
        line("; ".join(_drafted(question.drafted))),
        line(question.answer or ""),
        line(" ".join(map(_taken, question.reused))),
        line(" ".join(map(_taken, question.shadows))),
        line(" ".join(map(_said, question.comments))),
    )


def _drafted(drafted: Sequence[Drafted]) -> Iterator[str]:
    """What each legal system gives, duty by duty."""
    systems: dict[str, list[str]] = {}
    for entry in drafted:
        relies = f" ({'; '.join(entry.relies_on)})" if entry.relies_on else ""
        marks = ", provisional" if entry.provisional and entry.relies_on else ""
        systems.setdefault(entry.system_name, []).append(f"{entry.cite} {entry.gives.value}{marks}{relies}")
    for name, said in systems.items():
        yield f"{name}: {', '.join(said)}"


def _taken(taken: Taken) -> str:
    when = f", {taken.date}" if taken.date else ""
    differs = f" Differs: {'; '.join(taken.differs)}." if taken.differs else ""
    asked = "" if taken.fit == "same_question" else f" It was asked: {taken.asked}"
    return (
        f"{taken.by}{when} to {taken.questionnaire} {taken.question}, {FITS[taken.fit]}: {taken.says}{asked}{differs}"
    )


def _said(said: Said) -> str:
    when = f", {said.date}" if said.date else ""
    return f"{said.by}{when}, on {said.on}: {said.says}"


def to_fill(found: QuestionnaireAnswered, by: str) -> Iterator[tuple[GivenAnswer, list[str]]]:
    """Every question with its answer as far as there is one, and the lines that help whoever writes it."""
    for question in found.questions:
        answer = GivenAnswer(questionnaire=found.questionnaire, question=question.id, says=question.answer or "", by=by)
        yield (
            answer,
            [
                f"{question.part}: {question.asks} ({question.cite})",
                *(f"law: {text}" for text in _drafted(question.drafted)),
                *([f"answer of {question.answered_by}"] if question.answered_by else []),
                *(f"offered: {_taken(taken)}" for taken in question.reused),
                *(f"others: {_taken(taken)}" for taken in question.shadows),
                *(f"the State: {_said(said)}" for said in question.comments),
            ],
        )
