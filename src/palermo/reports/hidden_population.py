"""The hidden figure, written down: the estimate, how far it carries, and what it rests on."""

from __future__ import annotations

from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Line,
    Listing,
    Notice,
    Paragraph,
    Report,
    Section,
    Table,
    line,
    muted,
    strong,
)
from palermo.evidence.hidden_population import HiddenPopulation, Interval, Posterior

METHODS = {
    "main": "independent lists (main effects only)",
    "stepwise": "interactions added step by step while an overlap's Poisson tail is below {threshold:g}",
    "aic": "interactions added step by step while AIC falls and the p-value is at most {threshold:g}",
    "bic": "the hierarchical model with the least BIC",
    "bayes": "interactions at least {threshold:g} posterior standard deviations away from zero",
    "model": "a model that was given",
}
KINDS = {
    "bca": "Bootstrap, model chosen anew each time",
    "profile": "Profile likelihood, model taken as certain",
    "posterior": "Posterior, model taken as certain",
}
ASSUMED = (
    "The figure holds if the population did not change, every case had a chance to come to each list, cases were "
    "matched rightly across lists, all on a list are cases, and the model's account of dependence between lists is "
    "right. "
    "The figures themselves can test little of this."
)
CLOSING = "An estimate is no count. Nothing here identifies a person."


def hidden_population_report(found: HiddenPopulation) -> Report:
    """The report on an estimate."""
    main = found.main_interval
    method = METHODS[found.method].format(threshold=found.threshold)
    blocks: list[Block] = [
        Paragraph(
            line(
                strong(f"About {_rounded(found.estimate)} cases"),
                f", of whom {found.observed:,} were seen; 95 % interval {_rounded(main.low)} to {_high(main)}.",
            )
        ),
        *(Notice(line(warning.text)) for warning in found.warnings),
        Facts(
            (
                ("Estimate of all cases", line(f"{found.estimate:,.0f}")),
                ("Seen on a list", line(f"{found.observed:,}")),
                ("... on more than one", line(f"{found.shared:,}")),
                ("On no list, by the model", line(f"{found.unseen:,.0f}")),
                ("Model chosen by", line(method)),
                ("Interactions", line(", ".join(found.interactions) or "none")),
                *_of_likelihood(found),
            )
        ),
        Table(
            "Intervals for all cases",
            ("Kind", "Level", "From", "To"),
            tuple(
                (line(KINDS[i.kind]), line(f"{i.level:.0%}"), line(f"{i.low:,.0f}"), line(_exact(i)))
                for i in found.intervals
            ),
        ),
        Table(
            "Lists",
            ("List", "Cases", "On no other list"),
            tuple((line(size.name), line(f"{size.cases:,}"), line(f"{size.alone:,}")) for size in found.lists),
        ),
        Section("What it rests on", "rests-on", tuple(_rests_on(found))),
    ]
    return Report("The hidden figure: cases on no list", tuple(blocks), CLOSING)


def _of_likelihood(found: HiddenPopulation) -> tuple[tuple[str, Line], ...]:
    if found.multinomial is None:
        return ()
    return (
        ("Multinomial estimate", line(f"{found.multinomial:,.0f}")),
        ("Fit", line(f"deviance {found.deviance:.2f} on {found.degrees} degrees of freedom")),
        ("AIC, BIC", line(f"{found.aic:.1f}, {found.bic:.1f}")),
    )


def _strengths(posterior: Posterior) -> list[Block]:
    prior = "flat" if posterior.prior_variance is None else f"normal, variance {posterior.prior_variance:g}"
    told = (
        f"Prior on each interaction: {prior}. Draws worth {posterior.effective:,.0f} of equal weight, "
        f"seed {posterior.seed}."
    )
    rows = tuple(
        (
            line(s.term),
            line("minus infinity" if s.deviations is None else f"{s.deviations:.2f}"),
            line("retained" if s.retained else "dropped"),
        )
        for s in posterior.strengths
    )
    heads = ("Interaction", "Posterior deviations away from zero", "Then")
    return [Table("Interactions tried", heads, rows), Paragraph(line(muted(told)))]


def _rests_on(found: HiddenPopulation) -> list[Block]:
    parameters = tuple(
        (
            line(p.term),
            line("minus infinity" if p.estimate is None else f"{p.estimate:.4f}"),
            line("" if p.error is None else f"{p.error:.4f}"),
        )
        for p in found.parameters
    )
    patterns = tuple(
        (line(" and ".join(p.lists)), line(f"{p.seen:,}"), line(f"{p.expected:,.1f}")) for p in found.patterns
    )
    heads = ("Posterior mean", "Standard deviation") if found.posterior else ("Estimate", "Standard error")
    blocks: list[Block] = [
        Paragraph(line(ASSUMED)),
        *(_strengths(found.posterior) if found.posterior else ()),
        Table("Parameters (logarithms)", ("Term", *heads), parameters),
        Table("Cases on exactly these lists", ("Lists", "Seen", "Expected"), patterns),
    ]
    if found.competitors:
        searched = "all hierarchical models" if found.all_models else "the models a downhill search met"
        rows = tuple(
            (line(", ".join(c.interactions) or "none"), line(f"{c.estimate:,.0f}"), line(f"{c.bic:.2f}"))
            for c in found.competitors
        )
        blocks.append(Table(f"Best by BIC among {searched}", ("Interactions", "All cases", "BIC"), rows))
    if found.bootstrap:
        made = found.bootstrap
        told = f"{made.resamples:,} resamples, seed {made.seed}; {made.below:.0%} of their estimates are lower."
        blocks.append(Paragraph(line(muted(told))))
        if found.method not in {"main", "model"}:
            entries = tuple(Entry(line(f"{c.share:.1%}: ", ", ".join(c.interactions) or "none")) for c in made.models)
            blocks.append(Listing("Interactions that resamples choose", entries))
    return blocks


def _rounded(value: float) -> str:
    """A number with no more figures than an estimate deserves: three."""
    digits = max(0, len(str(int(value))) - 3)
    return f"{round(value, -digits):,.0f}"


def _high(interval: Interval) -> str:
    return "no upper end" if interval.high is None else _rounded(interval.high)


def _exact(interval: Interval) -> str:
    return "none" if interval.high is None else f"{interval.high:,.0f}"
