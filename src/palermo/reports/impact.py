"""A study of impact, written down: what may be said and no more, the estimates, the tests, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from palermo.documents.report import (
    Block,
    Facts,
    Line,
    Listing,
    Notice,
    Paragraph,
    Report,
    Section,
    Table,
    entries,
    line,
    muted,
    strong,
)
from palermo.documents.report import Figure as Picture
from palermo.evidence.impact import FEWEST_TREATED, SOUND, Effect, Impact, Moment
from palermo.evidence.survival import HazardRatio

NAMES = {
    "two_stages": "Two stages (Gardner), the main estimate",
    "not_yet": "By cohort and year (Callaway and Sant'Anna), against States not yet under it",
    "never": "By cohort and year (Callaway and Sant'Anna), against States never under it",
    "cohorts": "By cohort in one regression (Sun and Abraham)",
    "fixed_effects": "Two-way fixed effects: biased in this design, for comparison only",
}
SHORT = {
    "two_stages": "two stages",
    "not_yet": "cohort and year, not yet treated",
    "cohorts": "Sun and Abraham",
}
STATUSES = {
    "reported": "given, 0 included",
    "suppressed": "hidden as a small count",
    "not_reported": "not reported",
    "not_applicable": "the question does not arise",
    "unknown": "no row known",
    "no_row": "no row in the panel",
}
VARIATIONS = {
    "suppressed_low": "hidden small counts taken as the least they can be",
    "suppressed_high": "hidden small counts taken as the most they can be",
    "reported": "on whether a State gives a figure at all (share of years)",
}
ASSUMED = (
    "The estimate is that of an effect only if, without it, States under the treatment would have moved as the others "
    "did, if nothing else that moves the outcome came to them at the same time, and if one State's treatment does not "
    "change another's figures. Tests of the years before can speak against the first; nothing here can show any of it."
)
OUTCOME = (
    "What is measured is what States count and publish. Figures of detected victims or convictions say how much was "
    "found and prosecuted, not how much trafficking there is: a rise can be a success."
)
CLOSING = "An estimate is no finding about any State, and no ranking of them."


def impact_report(found: Impact, drawings: Mapping[str, str], rerun: tuple[str, ...] | None = None) -> Report:
    """The report on a study. `rerun`: how its numbers differ from those of the folder it was read from."""
    asked = found.specification
    blocks: list[Block] = [
        Paragraph(line(strong(verdict(found)))),
        *([_rerun(rerun)] if rerun is not None else []),
        *(Notice(line(warning.text)) for warning in found.warnings),
        Facts(tuple(_facts(found))),
        *_pictured("effects", "Every estimate with its interval", drawings, _effects_in_words(found)),
        Table(
            f"Average effect on {_outcome(found)} while under {asked.treatment}",
            ("Estimator", "Estimate", f"{asked.level:.0%} interval", "States under it", "States"),
            tuple(_effect_row(effect) for effect in found.effects),
        ),
        *_pictured("years", "By years since the treatment began", drawings, "A table further down gives its numbers."),
        Section("Put to the test", "tests", tuple(_tests(found))),
    ]
    if found.classes:
        blocks.append(Section("By kind of State", "moderators", tuple(_moderators(found))))
    if found.survival:
        blocks.append(Section("How long it took", "time", tuple(_times(found, drawings))))
    blocks.append(Section("What it rests on", "rests-on", tuple(_rests_on(found))))
    return Report(f"Did {_outcome(found)} move after {asked.treatment}?", tuple(blocks), CLOSING)


def verdict(found: Impact) -> str:
    """What may be said, in one or two sentences, with the limits that belong to it."""
    asked, main = found.specification, found.main
    after, outcome = f"Under {asked.treatment}", _outcome(found)
    span = f"{asked.level:.0%} interval {_number(main.low)} to {_number(main.high)}"
    against = "than they would have been had those States moved as the others did"
    match found.verdict:
        case "too_few":
            return (
                f"Nothing can be said: only {main.treated} States have figures of {outcome} before and after "
                f"{asked.treatment}, fewer than {FEWEST_TREATED}."
            )
        case "not_comparable":
            return (
                f"No effect can be read from these figures: States that came under {asked.treatment} already moved "
                f"differently before. The estimate ({_number(main.estimate)}, {span}) may be that difference going on."
            )
        case "not_told_apart" if not main.low <= 0 <= main.high:
            return (
                f"These figures do not show whether {outcome} moved: the estimate is {_number(main.estimate)} and the "
                f"{span} leaves out 0, but with {main.treated} States under it that interval is too narrow, and dates "
                "handed out at random do not bear it out."
            )
        case "not_told_apart":
            return (
                f"These figures do not show whether {outcome} moved: the estimate is {_number(main.estimate)}, and the "
                f"{span} holds a fall as well as a rise. That is no proof that nothing changed."
            )
        case "estimators_differ":
            return (
                f"The estimators disagree on the direction: the main one gives {_number(main.estimate)} ({span}), "
                "another the opposite sign. No direction can be stated."
            )
    way = "higher" if found.verdict == "higher" else "lower"
    sizes = sorted((abs(main.low), abs(main.high)))
    weak = [e for e in found.effects if e.estimator in SOUND and e.low <= 0 <= e.high]
    told = (
        f"{after}, {outcome} were on average {_number(abs(main.estimate))} {way} ({_number(sizes[0])} to "
        f"{_number(sizes[1])}, {asked.level:.0%} interval) {against}."
    )
    if asked.log:
        told += " The outcome is a logarithm: 0.1 is about 10 per cent."
    if any(not p.low <= 0 <= p.high for p in found.placebos):
        told += " But dates moved too early find an effect as well, where there can be none."
    if weak:
        sound = sum(e.estimator in SOUND for e in found.effects)
        told += f" {len(weak)} of {sound} sound estimators cannot tell it from 0."
    return f"{told} Whether that is the treatment's doing rests on what is said under 'What it rests on'."


def _outcome(found: Impact) -> str:
    asked = found.specification
    per = f" per {asked.times:,.0f} of {asked.per}" if asked.per else ""
    return f"{'log of ' if asked.log else ''}{asked.outcome}{per}"


def _facts(found: Impact) -> list[tuple[str, Line]]:
    asked, figures = found.specification, found.figures
    return [
        ("Outcome", line(_outcome(found))),
        ("Treatment", line(asked.treatment)),
        ("Years", line(f"{figures.first_year} to {figures.last_year}")),
        ("States that came under it, with figures before and after", line(str(len(figures.treated)))),
        ("States to compare with", line(str(len(figures.controls)))),
        ("State-years used", line(f"{figures.used:,}")),
    ]


def _rerun(differences: tuple[str, ...]) -> Block:
    if not differences:
        return Paragraph(line("Reckoned anew from its files: every number is the same to the last digit."))
    return Listing("Reckoned anew from its files, these numbers are not the same:", entries(differences))


def _pictured(name: str, caption: str, drawings: Mapping[str, str], words: str) -> list[Block]:
    """A chart where there is one; its numbers stand in a table in any case."""
    return [Picture(words, caption, drawings[name])] if drawings.get(name) else []


def _effects_in_words(found: Impact) -> str:
    return "; ".join(
        f"{NAMES[e.estimator]}: {_number(e.estimate)} ({_number(e.low)} to {_number(e.high)})" for e in found.effects
    )


def _effect_row(effect: Effect) -> tuple[Line, ...]:
    return (
        line(NAMES[effect.estimator]),
        line(_number(effect.estimate)),
        line(f"{_number(effect.low)} to {_number(effect.high)}"),
        line(str(effect.treated)),
        line(str(effect.states)),
    )


def _tests(found: Impact) -> list[Block]:
    asked = found.specification
    rows: tuple[tuple[Line, ...], ...]
    blocks: list[Block] = []
    if found.trend:
        told = "speaks against" if found.trend.p < 0.05 else "does not speak against"
        blocks.append(
            Paragraph(
                line(
                    f"Before the treatment: all {found.trend.leads} last years at once, "
                    f"F = {found.trend.statistic:.2f}, p = {found.trend.p:.3f}. This {told} like trends. "
                    "Such a test can miss differences as large as the effect itself when figures are few."
                )
            )
        )
    if found.placebos:
        rows = tuple(
            (
                line(f"{p.years_early} years early"),
                line(_number(p.estimate)),
                line(f"{_number(p.low)} to {_number(p.high)}"),
            )
            for p in found.placebos
        )
        blocks.append(
            Table("Dates moved too early, figures before the treatment alone", ("Dates", "Estimate", "Interval"), rows)
        )
    if found.permutation:
        made = found.permutation
        blocks.append(
            Paragraph(
                line(
                    f"Dates handed out to States at random, {made.draws} times (seed {made.seed}): {made.as_far} "
                    f"estimates are as far from 0 as the real one, p = {made.p:.3f}."
                )
            )
        )
    if found.without:
        ordered = sorted(found.without, key=lambda w: (abs(w.estimate - found.main.estimate), w.state), reverse=True)
        low, high = min(w.estimate for w in found.without), max(w.estimate for w in found.without)
        rows = tuple((line(w.state), line(_number(w.estimate))) for w in ordered[:10])
        blocks += [
            Paragraph(line(f"One State left out at a time: from {_number(low)} to {_number(high)}.")),
            Table("The ten States that matter most to the estimate", ("Without", "Estimate"), rows),
        ]
    if found.variations:
        rows = tuple(
            (line(VARIATIONS[v.kind]), line(_number(v.estimate)), line(f"{_number(v.low)} to {_number(v.high)}"))
            for v in found.variations
        )
        blocks.append(Table("Gaps and hidden counts", ("Read as", "Estimate", "Interval"), rows))
    rows = tuple(_moment_row(moment) for moment in found.moments)
    heads = ("Years since", "Estimator", "Estimate", f"{asked.level:.0%} interval", "States")
    blocks.append(Table("By years since the first treated year", heads, rows))
    return blocks


def _moment_row(moment: Moment) -> tuple[Line, ...]:
    return (
        line(str(moment.years)),
        line(SHORT[moment.estimator]),
        line(_number(moment.estimate)),
        line(f"{_number(moment.low)} to {_number(moment.high)}"),
        line(str(moment.treated)),
    )


def _moderators(found: Impact) -> list[Block]:
    rows = tuple(
        (
            line(f"{c.moderator}: {c.value}"),
            line(_number(c.estimate)),
            line(f"{_number(c.low)} to {_number(c.high)}"),
            line(str(c.treated), muted(" too few to go by") if c.treated < FEWEST_TREATED else ""),
        )
        for c in found.classes
    )
    tests = [
        f"{d.moderator}: p = {d.p:.3f} that the effect is the same in its {d.classes} classes"
        for d in found.differences
    ]
    blocks: list[Block] = [
        Paragraph(
            line(
                "How the effect differs between kinds of States. States did not come to their kind by chance, so a "
                "difference may be due to anything else in which the kinds differ."
            )
        ),
        Table("Average effect by kind of State, main estimator", ("Kind", "Estimate", "Interval", "States"), rows),
    ]
    return [*blocks, Listing("Is it the same?", entries(tests))] if tests else blocks


def _times(found: Impact, drawings: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = [*_pictured("time", "Share of States by time", drawings, _times_in_words(found))]
    for survival in found.survival:
        median = "not reached" if survival.median is None else f"{survival.median:.1f} years"
        pairs = (
            ("States timed", line(str(survival.states))),
            ("Reached it", line(str(survival.happened))),
            ("Not timed (day unknown, or reached when first seen)", line(str(survival.not_timed))),
            ("Half of the States after", line(median)),
        )
        below: list[Block] = [Facts(pairs)]
        if survival.ratios:
            rows = tuple(_ratio_row(ratio) for ratio in survival.ratios)
            heads = ("Kind", "Hazard ratio", "Interval, 95 %", "p", "Events")
            below.append(Table(f"Cox model of {survival.event}", heads, rows))
        if survival.not_modelled:
            below.append(Listing("Not modelled:", entries(survival.not_modelled)))
        blocks.append(Section(survival.event[:1].upper() + survival.event[1:], f"time-{len(blocks)}", tuple(below)))
    return blocks


def _times_in_words(found: Impact) -> str:
    return "; ".join(f"{s.event}: {s.happened} of {s.states} States" for s in found.survival)


def _ratio_row(ratio: HazardRatio) -> tuple[Line, ...]:
    return (
        line(f"{ratio.trait}: {ratio.value}, against {ratio.reference}"),
        line(f"{ratio.ratio:.2f}"),
        line(f"{ratio.low:.2f} to {ratio.high:.2f}"),
        line(f"{ratio.p:.3f}"),
        line(str(ratio.happened)),
    )


def _rests_on(found: Impact) -> list[Block]:
    figures, asked = found.figures, found.specification
    missing = tuple(
        (line(STATUSES.get(status, status)), line(f"{count:,}")) for status, count in sorted(figures.by_status.items())
    )
    reasons = Counter(left.reason for left in figures.left_out)
    named = [
        f"{reason}: {', '.join(left.state for left in figures.left_out if left.reason == reason)}"
        for reason, _ in reasons.most_common()
    ]
    blocks: list[Block] = [
        Paragraph(line(ASSUMED)),
        Paragraph(line(OUTCOME)),
        Table(f"State-years of {asked.outcome}, States of the study", ("Figure", "State-years"), missing),
        Paragraph(
            line(
                f"A missing figure is no 0 and is not filled in. {figures.reported_before:.0%} of the untreated "
                f"State-years and {figures.reported_after:.0%} of the treated ones have a figure. A State counts as "
                "treated from the year in which the treatment began for it, however late in that year."
            )
        ),
        Paragraph(line("Under it, with figures before and after: ", muted(", ".join(figures.treated) or "none"))),
        Paragraph(line("Compared with: ", muted(", ".join(figures.controls) or "late-comers only"))),
    ]
    if named:
        blocks.append(Listing("Left out", entries(named), folded=True))
    return blocks


def _number(value: float) -> str:
    """Three figures, or the whole number where it is larger."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def drawings(found: Impact) -> dict[str, str]:
    """The charts of a study as SVG, by name: `effects`, `years`, `time`. Raises world_map.NotDrawn."""
    from palermo.documents.charts import Line as Rising
    from palermo.documents.charts import Point, intervals, over_years, rising

    asked, outcome = found.specification, _outcome(found)
    drawn = {
        "effects": intervals(
            f"Effect on {outcome}, {asked.level:.0%} intervals",
            _effects_in_words(found),
            f"effect on {outcome}",
            [
                *(
                    Point(
                        NAMES[e.estimator].split(":")[0],
                        "sound" if e.estimator in SOUND else "biased",
                        e.estimate,
                        e.low,
                        e.high,
                    )
                    for e in found.effects
                ),
                *(
                    Point(f"Placebo: {p.years_early} years early", "placebo", p.estimate, p.low, p.high)
                    for p in found.placebos
                ),
                *(
                    Point(f"{c.moderator}: {c.value}", "by kind of State", c.estimate, c.low, c.high)
                    for c in found.classes
                ),
            ],
        ),
        "years": over_years(
            f"{outcome} by years since {asked.treatment}",
            "; ".join(
                f"{m.years}: {_number(m.estimate)} ({_number(m.low)} to {_number(m.high)})"
                for m in found.moments
                if m.estimator == "two_stages"
            ),
            "years since the first treated year",
            f"effect on {outcome}",
            [Point(m.years, SHORT[m.estimator], m.estimate, m.low, m.high) for m in found.moments],
        ),
    }
    timed = [survival for survival in found.survival if survival.curve]
    if timed:
        drawn["time"] = rising(
            "Share of States by time",
            _times_in_words(found),
            "years",
            "share of States",
            [Rising(s.event, [(step.years, step.share) for step in s.curve]) for s in timed],
        )
    return drawn
