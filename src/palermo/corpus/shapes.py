"""How the fields of corpus files are checked: keys as written, dates, lists of one, texts that our own parsers read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from palermo.logic.formula import FormulaError


def _key(name: str) -> str:
    return name.rstrip("_")


STRICT: dict[str, Any] = {"extra": "forbid", "alias_generator": _key, "str_strip_whitespace": True, "str_min_length": 1}
"""How a file's mapping is checked: no unknown key, `from_` is written `from`, no empty text."""


class Parsed:
    """Marks a field that one of our own parsers reads, so that its faults keep their path inside the field."""

    def __init__(self, parser: Any, shape: str) -> None:
        self.parser = parser
        self.shape = shape

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"$comment": self.shape}

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def read(raw: object, info: Any) -> Any:
            try:
                return self.parser(raw, (info.context or {}).get("concepts"))
            except FormulaError as error:
                raise PydanticCustomError("parts", "{text}", {"text": str(error), "parts": error.problems}) from error

        return core_schema.with_info_plain_validator_function(read)


class OneOrMany:
    """Marks a list that may be written without brackets where it has one entry."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(
            lambda raw: raw if isinstance(raw, list) else [raw], handler(source)
        )

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        many = handler(core_schema)
        return {"anyOf": [many["items"], many]}


class _IsoDate:
    """Marks a date that must be written YYYY-MM-DD."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def read(raw: object) -> date:
            if isinstance(raw, str) and len(raw) == len("2015-07-31"):
                try:
                    return date.fromisoformat(raw)
                except ValueError:
                    pass
            told = f"expected a date such as 2015-07-31, not {raw!r}"
            raise PydanticCustomError("not-a-date", "{text}", {"text": told})

        return core_schema.no_info_plain_validator_function(read)


class ReportYear:
    """Marks the year of a report on trafficking in persons, the first of which is that of 2001."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "integer", "minimum": 2001}

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def read(raw: object) -> int:
            written = str(raw)
            if written.isascii() and written.isdecimal() and len(written) == 4 and int(written) >= 2001:
                return int(written)
            told = f"expected the year of a report from 2001 on, not {raw!r}"
            raise PydanticCustomError("not-a-report-year", "{text}", {"text": told})

        return core_schema.no_info_plain_validator_function(read)


Day = Annotated[date, _IsoDate()]
