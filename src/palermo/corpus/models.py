"""The law as frozen values: what the corpus files hold, read and checked.

`docs/corpus.md` says what each key means. The classes are plain dataclasses: pydantic checks them where files
are read (it is imported only there), msgspec stores them in the compiled cache.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from palermo.corpus.cooperation import Basis, CentralAuthority, CooperationForm, RequestElement, RequestKind
from palermo.corpus.duty_tests import DutyTest, parse_test
from palermo.corpus.figures import Indicator
from palermo.corpus.monitoring import Mechanism, Questionnaire, Recommendations
from palermo.corpus.shapes import STRICT, Day, OneOrMany, Parsed, ReportYear
from palermo.corpus.terms import Term
from palermo.logic.formula import Formula, parse

Conduct = Annotated[Formula, Parsed(parse, "formula")]
Test = Annotated[DutyTest, Parsed(parse_test, "test")]

Kind = Literal["convention", "protocol", "directive", "domestic"]
Pillar = Literal["prevention", "protection", "prosecution", "partnership"]
ProvisionKind = Literal["definition", "duty", "rule"]
Modality = Literal["shall", "shall_endeavour", "shall_consider", "may"]
Softener = Literal[
    "basic-concepts",
    "legal-principles",
    "domestic-law",
    "within-means",
    "to-extent-possible",
    "appropriate-cases",
    "where-necessary",
    "where-appropriate",
]
MeasureKind = Literal["yes_no", "duration", "age"]
PartyKind = Literal["state", "observer", "organisation", "territory", "former_state", "other"]
ActionKind = Literal[
    "signature",
    "ratification",
    "acceptance",
    "approval",
    "accession",
    "succession",
    "definitive_signature",
    "deposit",
    "party",
    "entry_into_force",
    "denunciation",
    "withdrawal",
    "provisional_application",
    "territorial_application",
    "territorial_exclusion",
    "bound",
    "not_bound",
    "ceased",
]

Language = Literal["en", "fr", "es", "ru", "ar", "zh"]
Expressions = dict[Language, Annotated[tuple[str, ...], OneOrMany()]]
"""One notion of the field as each language calls it, in one or several ways."""

RelationKind = Literal["supplements", "amends", "replaces", "leaves_untouched", "gives_way_to", "prevails_over"]
StatementKind = Literal[
    "reservation", "interpretative_declaration", "declaration", "notification", "opt_in", "opt_out", "objection"
]
Effect = Literal["excludes", "limits", "modifies", "accepts", "informs"]
LawSystem = Literal["civil_law", "common_law", "customary_law", "muslim_law", "jewish_law"]
LegalOrigin = Literal["english", "french", "german", "scandinavian", "socialist"]
Region = Literal[
    "northern_africa",
    "eastern_africa",
    "middle_africa",
    "southern_africa",
    "western_africa",
    "caribbean",
    "central_america",
    "south_america",
    "northern_america",
    "central_asia",
    "eastern_asia",
    "south_eastern_asia",
    "southern_asia",
    "western_asia",
    "eastern_europe",
    "northern_europe",
    "southern_europe",
    "western_europe",
    "australia_and_new_zealand",
    "melanesia",
    "micronesia",
    "polynesia",
]
PlacementTier = Literal["tier_1", "tier_2", "tier_2_watch_list", "tier_3", "special_case", "not_ranked"]
AgreementKind = Literal[
    "extradition",
    "mutual_legal_assistance",
    "anti_trafficking",
    "return",
    "labour",
    "police_cooperation",
    "transfer_of_sentenced_persons",
    "information_exchange",
    "other",
]

Matter = Literal[
    "trafficking",
    "slavery",
    "forced-labour",
    "exploitation",
    "prostitution",
    "sale-of-persons",
    "forced-marriage",
    "organs",
    "child-labour",
    "begging",
    "abduction",
    "victims",
]
Cue = Literal[
    "offence",
    "definition",
    "purpose",
    "aggravation",
    "no-means-for-child",
    "prison",
    "life",
    "death",
    "fine",
    "at-least",
    "at-most",
    "range",
    "year",
    "month",
    "day",
]
Stemmer = Literal[
    "arabic",
    "armenian",
    "basque",
    "catalan",
    "danish",
    "dutch",
    "english",
    "finnish",
    "french",
    "german",
    "greek",
    "hindi",
    "hungarian",
    "indonesian",
    "irish",
    "italian",
    "lithuanian",
    "nepali",
    "norwegian",
    "portuguese",
    "romanian",
    "russian",
    "serbian",
    "spanish",
    "swedish",
    "tamil",
    "turkish",
    "yiddish",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One fact a situation may have. Labels by language; codes of the field's data standards where known.

    `grades`: statutes make an offence graver by this fact far more often than they define one by it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    label: dict[str, str]
    meaning: str
    cite: str | None = None
    narrower_than: tuple[str, ...] = ()
    entails: tuple[str, ...] = ()
    htcds: str | None = None
    ictip: str | None = None
    grades: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A question about a legal system apart from conduct, and the kind of answer it takes."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: MeasureKind
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an umbrella term takes in by interpretation: in which laws, on whose reading and why."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    taken_in: str
    by: str
    whose: str
    why: str
    in_: tuple[str, ...] | None = None
    cite: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """From the first to the last day of force; an end left out is not known, or not there."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    from_: Day | None = None
    to: Day | None = None
    cite: str | None = None
    note: str | None = None

    def covers(self, on: date) -> bool:
        """Whether nothing known speaks against force on that day."""
        return not (self.from_ and on < self.from_) and not (self.to and on > self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRule:
    """When an instrument, or a later party's consent, enters into force, counted from a deposit."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    days_after: int | None = None
    months_after: int | None = None
    first_of_month_after_months: int | None = None
    first_of_month_after_days: int | None = None
    instruments: int | None = None
    organisations_count: bool = True
    members_of_organisation: int | None = None
    not_before: str | None = None
    cite: str | None = None
    official: Day | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryIntoForce:
    """The instrument's own entry into force and that for each later party; or, for a statute, just the day."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    general: EntryRule | None = None
    later_party: EntryRule | None = None
    official: Day | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRead:
    """The text that was read, and whether it was."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    source: str
    language: str | None = None
    verified: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One provision of an instrument: a definition, a duty, or a rule about the instrument itself."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    kind: ProvisionKind
    pillar: Pillar
    topic: str
    modality: Modality | None = None
    softener: Softener | None = None
    condition: str | None = None
    addressee: str | None = None
    duty: str | None = None
    meaning: str | None = None
    conduct: Conduct | None = None
    test: Test | None = None
    evidence: str | None = None
    in_force: InForce | None = None
    note: str | None = None
    verified: bool | None = None
    source: str | None = None
    cite: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRegime:
    """Which reservations an instrument allows: any, none, only to some provisions, or it does not say."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    allowed: Literal["any", "none", "listed", "not_addressed"]
    only: tuple[str, ...] = ()
    cite: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsKnown:
    """How much of an instrument's acts the table holds.

    `complete`: every party with its day (dates), every party but not every day (names), or part of them (partial).
    `counted` is the depositary's or another own count of parties on the day `on`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    complete: Literal["dates", "names", "partial"]
    counted: int | None = None
    on: Day | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How an instrument stands to another: `to` is its id, or its title where the corpus does not hold it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    to: str
    kind: RelationKind
    cite: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A treaty, a directive, or a statute used as a lens, with its provisions.

    `aliases` are further names it goes by. `one_side` are the parties on one side of an agreement that has two: it
    holds between each of them and each of the others, and not among those of a side.
    `review_by` is the day by which somebody should look at the file again.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    short: str
    kind: Kind
    entry_into_force: EntryIntoForce
    text: TextRead
    provisions: tuple[Provision, ...]
    state: str | None = None
    supplements: str | None = None
    title_in: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    one_side: tuple[str, ...] = ()
    adopted: Day | None = None
    depositary: str | None = None
    reference: dict[str, str] = field(default_factory=dict)
    denunciation: EntryRule | None = None
    reservations: ReservationRegime | None = None
    relations: tuple[Relation, ...] = ()
    acts: ActsKnown | None = None
    note: str | None = None
    review_by: Day | None = None

    def holds_between(self, first: str, second: str) -> bool:
        """Whether it can hold between two parties at all: on different sides, where it has sides."""
        return not self.one_side or (first in self.one_side) != (second in self.one_side)

    @property
    def names(self) -> tuple[str, ...]:
        """All it can be asked for by: id, titles, further names, and its numbers in series, such as `CETS 197`.

        A number that says what series it is of, such as `C029`, goes alone too.
        """
        numbers = (f"{series} {number}" for series, number in self.reference.items())
        alone = (number for number in self.reference.values() if not number.isdecimal())
        return (self.id, self.short, self.title, *self.aliases, *numbers, *alone)

    def provision(self, id: str) -> Provision:
        """The provision with that id. Raises KeyError."""
        for provision in self.provisions:
            if provision.id == id:
                return provision
        raise KeyError(id)

    def cite(self, provision: Provision) -> str:
        """How a provision of this instrument is cited."""
        return provision.cite or f"{self.short} art {provision.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A statute or code of a legal system, and the text of it that was read."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    title: str
    source: str
    verified: bool
    citation: str | None = None
    version: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """Imprisonment from `min` to `max`; whether a fine is added to it or can take its place."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    min: Term | None = None
    max: Term | None = None
    fine: Literal["added", "alternative", "only"] | None = None
    cite: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggravated:
    """The penalty where further facts are present."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    when: Conduct
    min: Term | None = None
    max: Term | None = None
    fine: Literal["added", "alternative", "only"] | None = None
    cite: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """Conduct that a legal system punishes, in one version with its dates of force."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    cite: str
    act: str | None = None
    conduct: Conduct
    in_force: InForce | None = None
    mental: str | None = None
    consent: str | None = None
    penalty: Penalty | None = None
    aggravated: tuple[Aggravated, ...] = ()
    note: str | None = None
    verified: bool | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureValue:
    """What a legal system answers to a measure, in one version with its dates of force."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    value: str | int
    cite: str
    act: str | None = None
    note: str | None = None
    in_force: InForce | None = None
    verified: bool | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """Something known not to be encoded, shown with every finding on its topic."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    topic: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a State itself says on a provision; it travels beside the finding."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    instrument: str
    provision: str
    by: str
    says: str
    date: Day
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tradition:
    """The tradition a law belongs to: the systems of law it is made of, and where its commercial law came from."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    systems: tuple[LawSystem, ...]
    source: tuple[str, ...]
    verified: bool
    origin: LegalOrigin | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalSystem:
    """The law of a State, or of a part of it that has a law of its own.

    `languages` are those in which statutes are published (ISO 639), `region` is the one of the UN's M49 list.
    `as_at` is the day up to which the law was looked at, `review_by` the one by which somebody should look again.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    state: str
    legal_system: str
    as_at: Day
    tradition: Tradition | None = None
    languages: tuple[str, ...] = ()
    region: Region | None = None
    offences_known_from: Day | None = None
    acts: dict[str, Act] = field(default_factory=dict)
    formulas: dict[str, Conduct] = field(default_factory=dict)
    offences: tuple[Offence, ...] = ()
    measures: dict[str, Annotated[tuple[MeasureValue, ...], OneOrMany()]] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    look_up: tuple[LookUp, ...] = ()
    comments: tuple[Comment, ...] = ()
    note: str | None = None
    review_by: Day | None = None

    def act_of(self, of: Offence | MeasureValue) -> Act | None:
        """The act an offence or a value comes from: named, or by the part of the offence's id before the slash."""
        act = of.act or (of.id.split("/", 1)[0] if isinstance(of, Offence) else None)
        return self.acts.get(act) if act else None

    def is_verified(self, of: Offence | MeasureValue) -> bool:
        """Whether somebody read the provision in a text of the law."""
        act = self.act_of(of)
        return of.verified if of.verified is not None else bool(act and act.verified)

    def source_of(self, of: Offence | MeasureValue) -> str | None:
        """Where the text was read."""
        act = self.act_of(of)
        return of.source or (act.source if act else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A State, an organisation, a territory, or a State that ceased to exist.

    `part_of` is the State that answers for a territory today. `aliases` are other names and codes.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: str
    name: str
    kind: PartyKind
    un_member: Literal["yes", "no"]
    part_of: str | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One act of a party with regard to an instrument, as one or more sources print it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    party: str
    action: ActionKind
    date: Day | None = None
    entry_into_force: Day | None = None
    note: str | None = None
    source: tuple[str, ...] = ()
    as_at: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A reservation, declaration, notification or objection of a party, with its effect on provisions.

    `provisions` are those it touches, none where it speaks of the whole instrument; `answers` is the id of the
    statement an objection is made to. `opposes_entry_into_force` is said of an objection only.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    party: str
    kind: StatementKind
    says: str
    effect: Effect | None = None
    provisions: tuple[str, ...] = ()
    made: Day | None = None
    withdrawn: Day | None = None
    answers: str | None = None
    opposes_entry_into_force: bool | None = None
    note: str | None = None
    source: Annotated[tuple[str, ...], OneOrMany()] = ()
    as_at: Day | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """The statements made on one instrument, up to which day they are known, and by when to look again."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    instrument: str
    as_at: Day
    statements: tuple[Statement, ...]
    note: str | None = None
    review_by: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A bilateral agreement as a source lists it: that it was concluded, not that it is in force today."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    first: str
    second: str
    kind: AgreementKind
    title: str
    signed: Day | None = None
    entry_into_force: Day | None = None
    ended: Day | None = None
    superseded_by: str | None = None
    reference: str | None = None
    note: str | None = None
    source: tuple[str, ...] = ()
    as_at: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two sources that give different dates, which was kept, and why."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    instrument: str
    party: str
    action: str
    kept: str | None = None
    kept_source: str | None = None
    other: str | None = None
    other_source: str | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where one yearly report of the United States under 22 USC 7107(b) placed a country, in the report's own words.

    `tier_2_watch_list` is the report's Tier 2 Watch List, which is not the special watch list of 22 USC 7107(b)(2)(A).
    `special_case`: in the report without a tier. `not_ranked`: not in it. A year without a row is unknown to us.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    party: str
    year: Annotated[int, ReportYear()]
    tier: PlacementTier
    source: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts of the ledger were found."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    title: str
    publisher: str | None = None
    where: str | None = None
    as_at: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """How statutes of one language say what the concepts and measures mean: the vocabulary of `palermo read`.

    `docs/corpus.md` shows how a phrase is written. `skip` are function words that phrases pass over and by which
    the language is told; `section` the words that head a section; `not_` phrases within which nothing is found;
    `labels`: concepts without a phrase here are sought by their label in concepts.yaml.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    language: str
    name: str
    stemmer: Stemmer | None = None
    labels: bool = False
    section: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)
    matters: dict[Matter, tuple[str, ...]] = field(default_factory=dict)
    cues: dict[Cue, tuple[str, ...]] = field(default_factory=dict)
    concepts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    measures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    not_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The whole corpus, read and checked: each part by id, in the order of its file."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    legal_systems: dict[str, LegalSystem] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    actions: dict[str, tuple[Action, ...]] = field(default_factory=dict)
    disagreements: tuple[Disagreement, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)
    glossary: dict[str, Expressions] = field(default_factory=dict)
    statements: dict[str, Statements] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    forms: dict[str, CooperationForm] = field(default_factory=dict)
    bases: dict[str, Basis] = field(default_factory=dict)
    authorities: dict[str, CentralAuthority] = field(default_factory=dict)
    request_elements: dict[str, RequestElement] = field(default_factory=dict)
    request_kinds: dict[str, RequestKind] = field(default_factory=dict)
    request_phrases: dict[str, dict[str, str]] = field(default_factory=dict)
    phrases: dict[str, Phrases] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    mechanisms: dict[str, Mechanism] = field(default_factory=dict)
    recommendations: dict[str, Recommendations] = field(default_factory=dict)
    questionnaires: dict[str, Questionnaire] = field(default_factory=dict)
    placements: tuple[Placement, ...] = ()

    def systems_of(self, state: str) -> tuple[LegalSystem, ...]:
        """The legal systems of a State, in the order of their ids."""
        return tuple(
            self.legal_systems[id] for id in sorted(self.legal_systems) if self.legal_systems[id].state == state
        )
