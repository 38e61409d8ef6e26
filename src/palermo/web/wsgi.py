"""The site as a WSGI application, for gunicorn, granian and others: `palermo.web.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.web.settings")
application = get_wsgi_application()
