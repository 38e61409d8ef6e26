"""Where a source can be read on the web."""

from __future__ import annotations

import pytest

from palermo.reports.sources import address_of, source_line


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("legislation.gov.uk ukpga/2015/30", "https://www.legislation.gov.uk/ukpga/2015/30"),
        ("legislation.gov.uk ukpga/2007/27, read elsewhere", "https://www.legislation.gov.uk/ukpga/2007/27"),
        ("zambialii.org akn/zm/act/2008/11/eng@2022-11-16", "https://zambialii.org/akn/zm/act/2008/11/eng@2022-11-16"),
        ("copy (github some/repository us/USC-T18.md)", "https://github.com/some/repository/blob/HEAD/us/USC-T18.md"),
        ("(github some/repository)", "https://github.com/some/repository"),
        ("https://example.org/a; another", "https://example.org/a"),
        ("section 8 as quoted in a handbook", ""),
    ],
)
def test_a_source_leads_to_its_place(source: str, address: str) -> None:
    assert address_of(source) == address
    assert "".join(span.text for span in source_line(source)) == source
