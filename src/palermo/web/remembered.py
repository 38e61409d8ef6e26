"""Pages that were painted before. They say the same until the law in memory changes, which takes a new process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import wraps
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from palermo.web.language import language

MOST_BYTES = 128 * 1024 * 1024
_painted: OrderedDict[tuple[str, str, str, date], tuple[bytes, dict[str, str]]] = OrderedDict()
_lock = Lock()


def remembered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that is only read and says the same to everybody: painted once for each address, language and day."""

    @require_safe
    @wraps(view)
    def seen(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        key = (request.get_host(), request.get_full_path(), language(), date.today())
        with _lock:
            known = _painted.get(key)
            if known:
                _painted.move_to_end(key)
        if known:
            return HttpResponse(known[0], headers=known[1])
        response = view(request, *args, **named)
        if response.status_code == 200 and not response.cookies and "no-store" not in response.get("Cache-Control", ""):
            _keep(key, response)
        return response

    return seen


def _keep(key: tuple[str, str, str, date], response: HttpResponse) -> None:
    with _lock:
        _painted[key] = (response.content, dict(response.items()))
        while sum(len(content) for content, _ in _painted.values()) > MOST_BYTES:
            _painted.popitem(last=False)
