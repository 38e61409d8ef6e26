"""`python -m palermo.web`: the site on this machine, with as many workers as asked for."""

from __future__ import annotations

import argparse
import socket
import sys
from typing import Any

from palermo.corpus.problems import CorpusError
from palermo.web.the_law import the_law


def _taken(host: str, port: int) -> bool:
    """Whether something listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError:
            return True
    return False


def main(arguments: list[str] | None = None) -> None:
    """Serve until stopped. The law is loaded once, before the workers part."""
    parser = argparse.ArgumentParser(prog="palermo serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(arguments)
    try:
        from gunicorn.app.base import BaseApplication
    except ImportError:
        sys.exit("the site needs more libraries: pip install 'palermo[web]'")

    if _taken(asked.host, asked.port):
        print(f"palermo: port {asked.port} is taken; choose another with --port", file=sys.stderr)  # noqa: T201
        sys.exit(2)

    try:
        the_law()
    except CorpusError as error:
        print(f"palermo: there are faults in the files:\n{error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)

    def ready(_: Any) -> None:
        print(f"Palermo is at http://{asked.host}:{asked.port}/ (stop with Ctrl+C)", file=sys.stderr)  # noqa: T201

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"{asked.host}:{asked.port}",
                "workers": asked.workers,
                "threads": 4,
                "preload_app": True,
                "timeout": 120,
                "max_requests": 0,
                "worker_tmp_dir": None,
                "proc_name": "palermo",
                "loglevel": "warning",
                "when_ready": ready,
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from palermo.web.wsgi import application

            the_law().search("trafficking")  # makes the index of search, which workers then share
            return application

    Site().run()


if __name__ == "__main__":
    main()
