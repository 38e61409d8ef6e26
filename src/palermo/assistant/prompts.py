"""Three tasks that often come: each tells the assistant which tools to ask and how to quote them."""

from __future__ import annotations

_RULES = """\
Take every statement on law from Palermo's tools; state none that they do not give. Quote the citation beside each
statement, the day asked about, and up to which day the law and the acts are known. Keep the words of the findings:
`not encoded` is not a no, and nothing says that a State violates a treaty. Say what is provisional. Say once that this
is not legal advice."""


def legislative_gaps(state: str, instrument: str = "palermo-protocol") -> str:
    """Where a State's law falls short of an instrument, and who has solved it."""
    return f"""\
Set out where the law of {state} falls short of {instrument}. First `status` for the State and the instrument, then
`assess`; then `assess` again with `provisions` for each provision that is provided in part or not provided, to name
the conduct not reached and the smallest widening that would reach it. Then `models` for each of them: which laws meet
the duty, and by which section. List what is not encoded with what to look up.

{_RULES}"""


def request_to_a_state(requesting: str, requested: str, form: str) -> str:
    """On what basis one State can ask another, what would be refused, whom to ask."""
    return f"""\
A prosecutor of {requesting} wants {form} from {requested}. Ask `routes` without facts, then the prosecutor for the
facts that it says would settle more, never for names or dates of birth; then `between` for the statements that bite
and `routes` with the facts. Give the routes in their order, each with its obstacles, open conditions, promises,
channel, languages and time limits.

{_RULES}"""


def first_contact(laws: str = "palermo-protocol") -> str:
    """Whether what a person tells may be trafficking, question by question."""
    return f"""\
Somebody describes a situation. Translate what was said into facts of palermo://concepts, yes, no or unknown, without
names, places or dates, and ask `identify` under {laws}. Put only the next best question, one at a time, gently;
`rather not say` is an answer and goes into `not_to_ask`. Stop when the answer no longer changes. Danger comes first:
where there is any, say that the emergency services or the national hotline are to be called.

{_RULES}"""
