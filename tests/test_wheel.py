"""What is installed elsewhere is the whole product: built, put into a fresh environment, run there."""

import os
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile

import pytest

from tests.architecture.reading import ROOT, list_files
from tests.processes import free_port, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("wheel")]
MADE = ("builder_ui/dist", ".dev/ui")
"""What `dev.py` has built already, with its stamp: taken along, or built anew if it is stale."""


def run(*command, cwd, **changed):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SOJOURN_", "PYTHON", "SKIP_UI"))
    }
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**kept, **changed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(folder, target, to, **environ):
    """Build a wheel or an sdist of this folder; return its file."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", to, cwd=folder, **environ)
    return next(to.iterdir())


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A copy of what git knows, so that building touches nothing of ours."""
    folder = tmp_path_factory.mktemp("repository")
    for name in list_files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    for name in MADE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        elif (ROOT / name).exists():
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(repository, tmp_path_factory):
    return build(repository, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sojourn(wheel, tmp_path_factory):
    """The command, installed into an environment of its own."""
    folder = tmp_path_factory.mktemp("elsewhere")
    uv = [sys.executable, "-m", "uv"]
    run(*uv, "venv", "--python", sys.executable, folder / "venv", cwd=folder)
    target = ["--python", folder / "venv", "-c", ROOT / "constraints.txt"]
    run(*uv, "pip", "install", *target, wheel, cwd=folder)
    return folder / "venv" / "bin" / "sojourn"


def test_the_wheel_holds_the_product_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "engine",
        "channels",
        "server",
    }
    for name in (
        "engine/_ui/index.html",
        "engine/_ui/visual.html",
        "engine/_ui/social/web.png",
        "engine/_data/migrations/env.py",
        "engine/_data/templates/pages/unsubscribe.html",
        "engine/_data/examples/journeys/welcome.json",
        "engine/_data/examples/gallery/birthday.json",
        "server/demo/shop/index.html",
    ):
        assert name in names
    assert not [name for name in names if "__pycache__" in name or "node_modules" in name]
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_it_says_its_version(sojourn, tmp_path):
    assert run(sojourn, "--version", cwd=tmp_path) == "sojourn 0.1.0\n"


def test_it_makes_a_database_takes_journeys_and_is_looked_at(sojourn, tmp_path):
    data = ("--data", tmp_path / "data")
    run(sojourn, "migrate", *data, cwd=tmp_path)
    applied = run(sojourn, "journeys", "apply", ROOT / "examples" / "journeys", *data, cwd=tmp_path)
    assert "welcome" in applied
    key = run(sojourn, "keys", "create", "--kind", "write", "--name", "shop", *data, cwd=tmp_path)
    assert key.splitlines()[-1].startswith("wk_")


def test_its_demo_runs_with_the_app_in_it(sojourn, tmp_path):
    port, log = free_port(), tmp_path / "log"
    url = f"http://127.0.0.1:{port}"
    command = [sojourn, "demo", "--data", tmp_path / "demo", "--port", str(port), "--no-browser"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=tmp_path, stdout=output, stderr=output, start_new_session=True
        )
    try:
        wait_until(lambda: fetch(f"{url}/readyz"), seconds=120, what=f"the demo ({log})")
        page = fetch(f"{url}/")
        assert b'<div id="root">' in page
        assert b"shop" in fetch(f"{url}/shop").lower()
        assert "BAD" not in run(sojourn, "doctor", "--data", tmp_path / "demo", cwd=tmp_path)
    finally:
        process.terminate()
        assert process.wait(40) == 0, log.read_text()


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.read()
    except OSError:
        return None


def test_a_source_distribution_needs_no_node(repository, tmp_path):
    sdist = build(repository, "sdist", tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = next(each for each in tmp_path.iterdir() if each.name.startswith("sojourn-"))
    bare = tmp_path / "bin"  # a PATH with a shell and nothing else
    bare.mkdir()
    (bare / "sh").symlink_to(shutil.which("sh"))
    wheel = build(unpacked, "wheel", tmp_path / "wheel", PATH=str(bare))
    assert "engine/_ui/index.html" in zipfile.ZipFile(wheel).namelist()
