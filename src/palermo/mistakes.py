"""The mistakes of the one who asks: names that nobody knows, facts that contradict each other."""

from __future__ import annotations


def mistakes() -> tuple[type[Exception], ...]:
    """The exceptions whose message is for the one who asks: it says what was expected and offers the nearest."""
    from palermo.casework.identify import UnknownFact
    from palermo.cooperation.requests import NoRequest
    from palermo.cooperation.routes import UnknownForm
    from palermo.corpus.lookup import UnknownFormula
    from palermo.ledger.parties import UnknownName
    from palermo.logic.theory import Contradiction
    from palermo.search.query import NothingAsked

    return (UnknownName, UnknownForm, NoRequest, UnknownFormula, UnknownFact, Contradiction, NothingAsked)
