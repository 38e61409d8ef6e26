"""`palermo cite` and `palermo mcp` as their user meets them."""

from __future__ import annotations

import socket

from .running import palermo, refused


def test_a_citation_is_printed_alone() -> None:
    printed = palermo("cite", "refugee-1951 33(1)").stdout
    assert printed == (
        "Convention relating to the Status of Refugees (adopted 28 July 1951, entered into force 22 April 1954) "
        "189 UNTS 137 (Refugee Convention) art 33(1)\n"
    )
    assert palermo("cite", "USA", "18", "USC", "1591(a)", "--style", "bluebook").stdout == "18 U.S.C. § 1591(a).\n"


def test_what_is_not_there_is_told_with_the_nearest() -> None:
    assert "did you mean palermo-protocol?" in refused("cite", "palermo-protocl")
    assert "has no provision '99'" in refused("cite", "untoc 99")


def test_a_port_that_cannot_be_had_is_refused() -> None:
    assert "--http" in refused("mcp", "--http", "70000")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port} cannot be had" in refused("mcp", "--http", str(port))
