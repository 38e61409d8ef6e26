"""Django's settings. What differs from one place to another is read from the environment; nothing has to be set.

PALERMO_CORPUS      folders laid over the shipped corpus, parted as in PATH
PALERMO_HOSTS       the names under which the site is asked, parted by commas (this machine alone, if not set)
PALERMO_ORIGIN      the address under which the site is known, such as https://law.example.org, for links to cite
PALERMO_CONTACT     an address of mail or the web to which corrections are sent, shown on the page about this site
PALERMO_SECRET_KEY  signs forms; where several machines serve one site they share it
PALERMO_DATABASE    a PostgreSQL connection string; counts of requests are then shared by all workers
PALERMO_REQUESTS    how many requests a minute one address may make (240), answers that take work counting tenfold
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from palermo.web.database import connection

HERE = Path(__file__).parent
DEBUG = False
SECRET_KEY = os.environ.get("PALERMO_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = [*os.environ.get("PALERMO_HOSTS", "").split(","), "localhost", "127.0.0.1", "[::1]"]
ORIGIN = os.environ.get("PALERMO_ORIGIN", "").rstrip("/")
CONTACT = os.environ.get("PALERMO_CONTACT", "").strip()
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
REQUESTS_A_MINUTE = int(os.environ.get("PALERMO_REQUESTS", "240"))

INSTALLED_APPS = ["django.contrib.staticfiles", "csp", "ninja", "palermo.web"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "palermo.web.language.ByAddressOrChoice",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "palermo.web.limits.LimitRequests",
    "palermo.web.mistakes.TellMistakes",
]
ROOT_URLCONF = "palermo.web.urls"
WSGI_APPLICATION = "palermo.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates", HERE.parent / "documents" / "templates"],
        "OPTIONS": {
            "environment": "palermo.web.templating.environment",
            "trim_blocks": True,
            "lstrip_blocks": True,
            "auto_reload": False,
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

DATABASES = connection(os.environ.get("PALERMO_DATABASE", ""))
COUNTS_ARE_SHARED = bool(DATABASES)

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365
"""Addresses of static files change with their content."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
"""Other sites are told nothing. With less, browsers hide from this site too where a form was sent from."""
CSRF_FAILURE_VIEW = "palermo.web.mistakes.forbidden"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ORIGIN.startswith("https:") else None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = ORIGIN.startswith("https:")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if ORIGIN.startswith("https:") else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
"""A file that a reader opens is read in memory, or not at all: nothing is written to a disk."""
APPEND_SLASH = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
