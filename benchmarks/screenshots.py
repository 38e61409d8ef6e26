"""Pictures of the explorer's pages for docs/screenshots, at the width of a desktop and of a phone.

    python benchmarks/screenshots.py

Starts the site, opens each page in Chromium and tells how far it is wider than the screen, which must be nothing.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from explorer import wait_for
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
PAGES = {
    "front": "/",
    "world": "/world?duty=palermo-protocol 6(3)",
    "state": "/states/GBR",
    "findings": "/states/SWE/against/palermo-protocol",
    "law": "/law/GBR-EAW",
    "instrument": "/instruments/cets-197",
    "duty": "/instruments/palermo-protocol/5(1)",
    "gap": "/gap/GBR-EAW/palermo-protocol/3(c)",
    "compare": "/compare",
    "pair": "/compare/GBR-EAW/SWE",
    "bill": "/bill?system=GBR-EAW&instrument=palermo-protocol",
    "cooperation": "/cooperation?from=GBR&to=VNM&form=extradition",
    "questions": "/questions",
    "figures": "/evidence?indicator=tip_tier",
    "search": "/search?q=forced labour",
    "data": "/data",
    "about": "/about",
    "state-arabic": "/states/EGY?lang=ar",
}
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "palermo.web", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, env={**os.environ, "PALERMO_REQUESTS": "1000000"})
    try:
        wait_for(port)
        with sync_playwright() as play:
            chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for size, (width, height) in SIZES.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                page.set_default_timeout(120_000)
                for name, path in PAGES.items():
                    page.goto(f"http://127.0.0.1:{port}{path}")
                    wider = page.evaluate("document.documentElement.scrollWidth") - width
                    page.screenshot(path=FOLDER / f"{name}-{size}.jpg", type="jpeg", quality=60)
                    print(f"{name} {size}: {max(0, wider)} px wider")
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
