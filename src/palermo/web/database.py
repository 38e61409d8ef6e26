"""The connection to PostgreSQL, where there is one: the explorer itself keeps nothing."""

from __future__ import annotations

from typing import Any


def connection(address: str) -> dict[str, dict[str, Any]]:
    """Django's setting for a libpq connection string; none for an empty one."""
    if not address:
        return {}
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(address)
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": given.pop("dbname", ""),
            "USER": given.pop("user", ""),
            "PASSWORD": given.pop("password", ""),
            "HOST": given.pop("host", ""),
            "PORT": given.pop("port", ""),
            "OPTIONS": given,
            "CONN_HEALTH_CHECKS": True,
            "CONN_MAX_AGE": 60,
        }
    }
