"""The site served on this machine, and a real Chromium to read it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=30_000)
AXE = Path(__file__).parent / "axe.min.js"
# without these Chromium asks the network for its own ends
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(autouse=True)
def many_requests(settings: Any) -> None:
    """Tests ask more in a minute than a reader does."""
    settings.REQUESTS_A_MINUTE = 10**9


@pytest.fixture
def client() -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.fixture(scope="session")
def site(own_cache: None) -> Iterator[str]:  # noqa: ARG001 (the cache comes first)
    """The address of the site, served as long as tests run."""
    from palermo.web.the_law import the_law
    from palermo.web.wsgi import application

    the_law()  # so that no first page waits for it
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet, ipv6=False)
    server.set_app(application)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "the pages are tested in Chromium: install chromium, or set CHROMIUM to the path of one"
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", *QUIET])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh page on the site. A test fails if a script fails or the policy of contents is broken."""
    context = browser.new_context(base_url=site, locale="en-GB")
    context.set_default_navigation_timeout(120_000)  # how long something takes is no test
    context.set_default_timeout(60_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not faults


Sideways = Callable[[Page, int, tuple[str, ...]], list[str]]


@pytest.fixture
def sideways() -> Sideways:
    """The pages that scroll sideways in a window of a width."""

    def found(page: Page, width: int, paths: tuple[str, ...]) -> list[str]:
        page.set_viewport_size({"width": width, "height": 800})
        wide = []
        for path in paths:
            page.goto(path)
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                wide.append(path)
        return wide

    return found


Serious = Callable[[Page], list[str]]


@pytest.fixture
def serious() -> Serious:
    """The serious violations that axe finds on a page."""

    def found(page: Page) -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        return [
            f"{v['id']}: {v['help']} ({', '.join(str(n['target'][0]) for n in v['nodes'][:4])})"
            for v in violations
            if v["impact"] in ("serious", "critical")
        ]

    return found
