"""The interface for programs: the library's questions over HTTP, described by OpenAPI at `/api/v1/openapi.json`."""

from __future__ import annotations

from palermo.web.api.operations import api

__all__ = ["api"]
