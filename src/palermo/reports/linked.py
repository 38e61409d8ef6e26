"""Instruments and legal systems for programs that follow links: schema.org's Legislation in JSON-LD."""

from __future__ import annotations

from typing import Any

from palermo.conformity.law_on_day import LawOnDay
from palermo.corpus.models import Act, Corpus, Instrument, Offence, Provision
from palermo.reports.sources import address_of

_CONTEXT = "https://schema.org"
_KINDS = {"convention": "treaty", "protocol": "treaty", "directive": "directive", "domestic": "statute"}


def linked_instrument(corpus: Corpus, instrument: Instrument, address: str) -> dict[str, Any]:
    """An instrument with its provisions. `address` is that of its page."""
    names = [{"@language": code, "@value": title} for code, title in instrument.title_in.items()]
    supplemented = corpus.instruments.get(instrument.supplements or "")
    return _said(
        {
            "@context": _CONTEXT,
            "@type": "Legislation",
            "@id": address,
            "url": address,
            "name": [{"@language": "en", "@value": instrument.title}, *names],
            "alternateName": instrument.short if instrument.short != instrument.title else None,
            "legislationIdentifier": "; ".join(instrument.reference.values()) or instrument.id,
            "legislationType": _KINDS[instrument.kind],
            "legislationDate": str(instrument.adopted) if instrument.adopted else None,
            "legislationJurisdiction": _state(corpus, instrument.state),
            "isBasedOn": address_of(instrument.text.source) or None,
            "isPartOf": _named(supplemented) if supplemented else None,
            "hasPart": [_provision(instrument, provision) for provision in instrument.provisions],
        }
    )


def linked_law(corpus: Corpus, law: LawOnDay, address: str) -> dict[str, Any]:
    """A legal system's statutes with the offences in force on a day. `address` is that of its page."""
    system = law.system
    return _said(
        {
            "@context": _CONTEXT,
            "@type": "Collection",
            "@id": address,
            "url": address,
            "name": system.legal_system,
            "dateModified": str(system.as_at),
            "temporalCoverage": str(law.on),
            "spatialCoverage": _state(corpus, system.state),
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "hasPart": [_act(corpus, law, id, act, address) for id, act in system.acts.items()],
        }
    )


def _act(corpus: Corpus, law: LawOnDay, id: str, act: Act, address: str) -> dict[str, Any]:
    of_act = [found.offence for found in law.offences if law.system.act_of(found.offence) is act]
    return _said(
        {
            "@type": "Legislation",
            "@id": f"{address}#statute-{id}",
            "name": act.title,
            "legislationIdentifier": act.citation,
            "legislationType": "statute",
            "legislationJurisdiction": _state(corpus, law.system.state),
            "isBasedOn": address_of(act.source) or None,
            "version": act.version,
            "hasPart": [_offence(offence) for offence in of_act],
        }
    )


def _offence(offence: Offence) -> dict[str, Any]:
    force = offence.in_force
    return _said(
        {
            "@type": "Legislation",
            "name": offence.title,
            "legislationIdentifier": offence.cite,
            "temporalCoverage": f"{force.from_}/{force.to or '..'}" if force and force.from_ else None,
        }
    )


def _provision(instrument: Instrument, provision: Provision) -> dict[str, Any]:
    return _said(
        {
            "@type": "Legislation",
            "name": provision.title,
            "legislationIdentifier": instrument.cite(provision),
            "abstract": provision.duty or provision.meaning,
            "keywords": provision.topic,
        }
    )


def _named(instrument: Instrument) -> dict[str, Any]:
    return {"@type": "Legislation", "name": instrument.title, "alternateName": instrument.short}


def _state(corpus: Corpus, code: str | None) -> dict[str, Any] | None:
    return {"@type": "AdministrativeArea", "name": corpus.parties[code].name, "identifier": code} if code else None


def _said(pairs: dict[str, Any]) -> dict[str, Any]:
    """What is known of a thing; what is not is left out."""
    return {name: value for name, value in pairs.items() if value not in (None, "", [])}
