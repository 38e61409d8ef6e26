"""Every page that a reader can come to is there: the site is walked link by link."""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape

from django.test import Client
from django.urls import Resolver404, resolve

OF_ONE_KIND = 3
"""Pages of one kind that are looked at."""


def test_no_link_leads_nowhere(client: Client) -> None:
    waiting, seen = deque(["/"]), {"/"}
    kinds: Counter[str] = Counter()
    broken: list[str] = []
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        if response.status_code not in (200, 302):
            broken.append(f"{address}: {response.status_code}")
        if "text/html" not in response.headers.get("Content-Type", ""):
            continue
        for found in re.findall(r'href="(/[^"#]*)', response.content.decode()):
            link = unescape(found)
            path = link.split("?", 1)[0]
            if link in seen or path.startswith(("/static/", "/api/")):
                continue
            seen.add(link)
            try:
                kind = resolve(path).view_name + ("?" if "?" in link else "")
            except Resolver404:
                broken.append(f"{link} (on {address})")
                continue
            kinds[kind] += 1
            if kinds[kind] <= OF_ONE_KIND and "as=" not in link:
                waiting.append(link)
    assert not broken
    assert len(kinds) > 20
