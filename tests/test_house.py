"""The house: floors between the packages, and what the wheel carries."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_no_floor_reaches_up() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)
    assert result.returncode == 0, result.stdout


def test_the_wheel_carries_the_corpus_and_answers_from_it(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, capture_output=True, check=True, cwd=ROOT, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "site")
    shipped = {name.removeprefix("palermo/shipped/") for name in names if name.startswith("palermo/shipped/")}
    corpus = ROOT / "corpus"
    assert {path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file()} <= shipped
    assert {"palermo/documents/templates/report.html", "palermo/documents/world/shapes.json"} <= names
    code = "import palermo; print(palermo.__file__, len(palermo.load().corpus.instruments))"
    environment = {"PYTHONPATH": str(tmp_path / "site"), "PATH": "", "PALERMO_CACHE": str(tmp_path / "cache")}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    file, instruments = result.stdout.split()
    assert file.startswith(str(tmp_path / "site"))
    assert int(instruments) > 0


def test_importing_the_library_stays_light() -> None:
    """Nothing heavy is loaded before it is needed."""
    heavy = ("pydantic", "oxidd", "rich", "jinja2", "yaml")
    code = f"import sys, palermo.cli.main; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.strip() == "[]"


def test_no_registry_host_is_named() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")
