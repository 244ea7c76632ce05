"""The compiled catalogue of a wheel is the YAML catalogue, only quicker to read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import acupress
from acupress.catalogue.bundled import read_catalogue
from acupress.catalogue.compiled import COMPILED, read_compiled, to_json
from acupress.catalogue.contents import Catalogue
from acupress.errors import FileError
from acupress.paths import bundled

WHEEL = (bundled() / COMPILED).is_file()


@pytest.fixture(scope="module")
def strict() -> Catalogue:
    """Return the catalogue as the strict loader reads it."""
    return read_catalogue(bundled())


@pytest.fixture
def file(strict: Catalogue, tmp_path: Path) -> Path:
    """Return a compiled file of a test's own, to damage."""
    path = tmp_path / COMPILED
    path.write_text(to_json(strict), "utf-8")
    return path


def missing() -> Catalogue:
    """Refuse, as the strict loader does where there is no YAML."""
    raise FileError("data", 1, 1, "the installation is damaged, install it again")


def test_it_holds_what_the_yaml_holds(strict: Catalogue, file: Path) -> None:
    """Every field of every record, and every name, come back as they were."""
    read = read_compiled(file, missing)

    assert read
    assert dict(read.sources) == strict.sources
    assert dict(read.points) == strict.points
    assert dict(read.routines) == strict.routines
    assert read.words() == strict.words()
    assert read.names.names == strict.names.names
    assert dict(read.names.points) == strict.names.points


@pytest.mark.skipif(not WHEEL, reason="only a wheel has one")
def test_the_wheel_has_it(strict: Catalogue) -> None:
    """What is installed is what the strict loader makes of the installed YAML."""
    assert (bundled() / COMPILED).read_text("utf-8") == to_json(strict)


DAMAGES: dict[str, Callable[[str], str]] = {
    "cut off": lambda text: text[: len(text) // 2],
    "empty": lambda _: "",
    "a list": lambda _: "[]",
    "no keys": lambda _: "{}",
    "another release": lambda text: text.replace('"version":"', '"version":"0'),
    "a line less": lambda text: text.rpartition("\n")[0],
    "no points": lambda text: text.replace('"points":[', '"point":[', 1),
}


def test_a_damaged_file_is_unusable(file: Path) -> None:
    """A file that is cut off, empty, of another release or not ours is not used."""
    whole = file.read_text("utf-8")
    used = []
    for name, damage in DAMAGES.items():
        file.write_text(damage(whole), "utf-8")
        used += [name] if read_compiled(file, missing) else []
    file.unlink()

    assert (used, read_compiled(file, missing)) == ([], None)


DAMAGED_LINES: dict[str, Callable[[str], str]] = {
    "a field less": lambda text: text.replace('["BL10","taught",', '["BL10",'),
    "no such kind": lambda text: text.replace('["BL10","taught"', '["BL10","tought"'),
    "no JSON": lambda text: text.replace('["BL10","taught"', '["BL10,"taught"'),
}


def test_a_damaged_line_is_read_from_the_yaml(file: Path, strict: Catalogue) -> None:
    """A line is parsed when it is used; where it is damaged, the YAML is."""
    whole = file.read_text("utf-8")
    for name, damage in DAMAGED_LINES.items():
        file.write_text(damage(whole), "utf-8")
        read = read_compiled(file, lambda: strict)
        alone = read_compiled(file, missing)

        assert damage(whole) != whole, name
        assert read, name
        assert alone, name
        assert read.points["BL10"] == strict.points["BL10"], name
        with pytest.raises(FileError, match="install it again"):
            alone.points["BL10"]


def shown(folder: Path) -> subprocess.CompletedProcess[str]:
    """Show a point with the copy of the package that lies in *folder*."""
    return subprocess.run(
        [sys.executable, "-m", "acupress", "show", "BL60"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
    )


def test_the_yaml_is_the_fallback(tmp_path: Path) -> None:
    """Without a compiled file that can be used, the same is read from the YAML."""
    package = tmp_path / "acupress"
    shutil.copytree(Path(acupress.__file__).parent, package)
    shutil.copytree(bundled(), package / "data", dirs_exist_ok=True)
    (package / "data" / COMPILED).write_text("{}", "utf-8")
    read = shown(tmp_path)
    shutil.rmtree(package / "data" / "points")
    damaged = shown(tmp_path)

    assert read.returncode == 0
    assert "Kunlun" in read.stdout
    assert (damaged.returncode, damaged.stdout) == (4, "")
    assert len(damaged.stderr.splitlines()) == 1
    assert "install it again" in damaged.stderr
