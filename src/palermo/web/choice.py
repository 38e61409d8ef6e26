"""The reader's choice of a language, kept in a cookie."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from palermo.web.language import CODES, OF_DJANGO
from palermo.web.mistakes import Mistake


@csrf_exempt  # so that pages hold no token and can be remembered; it changes a language and nothing else
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language and go back to the page, there in that language. Raises Mistake."""
    code, back = request.POST.get("lang", ""), request.POST.get("back", "/")
    if code not in CODES:
        raise Mistake(400, f"there is no language {code!r}, only {', '.join(CODES)}")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    parts = urlsplit(back)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name != "lang"])
    response = HttpResponseRedirect(parts.path + (f"?{query}" if query else ""))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        OF_DJANGO.get(code, code),
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
    )
    return response
