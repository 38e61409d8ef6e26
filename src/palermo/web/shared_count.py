"""How much an address asked in a minute: counted in PostgreSQL where there is one, so that all workers count as one."""

from __future__ import annotations

import hmac
import logging
from functools import cache as once

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection

_TABLE = """
    CREATE UNLOGGED TABLE IF NOT EXISTS palermo_requests (
        asker text NOT NULL, minute bigint NOT NULL, asked bigint NOT NULL, PRIMARY KEY (asker, minute)
    )"""
_COUNT = """
    INSERT INTO palermo_requests AS counted VALUES (%s, %s, %s)
    ON CONFLICT (asker, minute) DO UPDATE SET asked = counted.asked + excluded.asked
    RETURNING asked"""
_FORGET = "DELETE FROM palermo_requests WHERE minute < %s"


def asked_so_far(asker: str, minute: int, weight: int) -> int:
    """Add the weight of a request to what an address asked in a minute, and return the sum.

    Where the database does not answer, this process counts alone rather than turn readers away.
    """
    if settings.COUNTS_ARE_SHARED:
        try:
            return _in_database(asker, minute, weight)
        except DatabaseError:
            logging.getLogger(__name__).warning("the database does not answer: requests are counted by this process")
    key = f"{asker}:{minute}"
    cache.add(key, 0, timeout=120)
    try:
        return int(cache.incr(key, weight))
    except ValueError:  # the count ran out between the two
        return weight


def _in_database(asker: str, minute: int, weight: int) -> int:
    _make_table()
    # not the address: whoever reads the table learns nothing of who reads the site
    hidden = hmac.digest(settings.SECRET_KEY.encode(), asker.encode(), "sha256").hex()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [hidden, minute, weight])
        asked = int(cursor.fetchone()[0])
        if asked == weight:
            cursor.execute(_FORGET, [minute - 1])
    return asked


@once
def _make_table() -> None:
    with connection.cursor() as cursor:
        # two workers that make it at once would both try: the second waits
        cursor.execute("BEGIN; SELECT pg_advisory_xact_lock(7266537)")
        cursor.execute(_TABLE)
        cursor.execute("COMMIT")
