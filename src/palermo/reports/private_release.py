"""A private release, written down: what was spent, what that means, and how far off the figures are."""

from __future__ import annotations

import math

from palermo.documents.report import Facts, Notice, Paragraph, Report, Table, line, strong
from palermo.evidence.private_claims import PrivateRelease, Utility

CLOSING = "No row of the synthetic table is a person."


def private_release_report(about: PrivateRelease) -> Report:
    """The report on a release, which is a part of it."""
    blocks = (
        Paragraph(
            line(
                "Whether any one person is in the data changes the chance of any figure here, and of whatever anybody "
                f"makes of them, by no more than a factor of {_factor(float(about.epsilon))}; over all releases from "
                f"these data so far, {_factor(float(about.spent))}."
            )
        ),
        Facts(
            (
                ("Epsilon, delta", line(f"{about.epsilon}, {about.delta}")),
                ("Protects", line(about.protects)),
                ("Noise", line(about.mechanism)),
                ("Composition", line(about.composition)),
                ("By the privacy map", line(f"{about.by_privacy_map:.6g} ({about.library})")),
                ("Budget", line(f"{about.spent} of {about.budget} spent, this release included")),
                ("Categories from", line(about.domains_from)),
                ("Persons, from noisy tables", line(f"{about.persons:,}")),
            )
        ),
        Table(
            "Tables",
            ("By", "Cells", "Epsilon", "95 % within", "Synthetic within", "Synthetic distance"),
            tuple(
                (
                    line(", ".join(table.columns)),
                    line(f"{table.cells:,}"),
                    line(f"{table.epsilon:.4g}"),
                    line(f"± {table.half_width:,}"),
                    line(f"{table.synthetic_within:.0%}"),
                    line(f"{table.synthetic_distance:.1%}"),
                )
                for table in about.tables
            ),
        ),
        Paragraph(
            line(
                "95 of 100 noisy counts are within the width of the true ones; they can be below zero, and do not "
                "add up to each other. Synthetic rows were drawn from the noisy tables: counts of them add up, and say "
                "nothing that those tables do not say."
            )
        ),
    )
    return Report(f"Private release: {about.data}", blocks, CLOSING)


def utility_report(found: Utility) -> Report:
    """The report for whoever holds the data."""
    rows = tuple(
        (
            line(", ".join(row.columns)),
            line("not released" if row.noisy is None else f"{row.noisy:.1%}"),
            line("not released" if row.noisy_worst is None else f"{row.noisy_worst:,}"),
            line(f"{row.synthetic:.1%}"),
            line(f"{row.synthetic_worst:,}"),
        )
        for row in found.distances
    )
    heads = ("By", "Noisy distance", "Noisy, worst cell", "Synthetic distance", "Synthetic, worst cell")
    blocks = (
        Notice(line(strong(found.warning))),
        Table("Distance from the true counts, as a share of the persons", heads, rows),
    )
    return Report(f"How far off the release is: {found.data}", blocks)


def _factor(epsilon: float) -> str:
    return f"{math.exp(epsilon):,.3g}" if epsilon < 20 else "more than 100 million"
