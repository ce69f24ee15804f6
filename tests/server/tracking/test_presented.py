"""Keys and signatures, as those who hold them use them."""

import hashlib
import hmac
import os
import subprocess
import sys
from pathlib import Path

from server.tracking.presented import show_secret, sign_identity

ROOT = Path(__file__).resolve().parents[3]
SECRET = bytes(range(32))


def test_a_sites_server_signs_with_the_secret_as_it_was_shown():
    shown = show_secret(SECRET)
    signature = hmac.new(shown.encode(), "zoë-7".encode(), hashlib.sha256).hexdigest()
    assert sign_identity(SECRET, "zoë-7") == signature


def test_a_signature_stays_the_same_in_every_release():
    assert sign_identity(SECRET, "ann") == (
        "9650d55ea3521823b88b42dfdf89587dae1d0a727239d90c1fdcf662b5b5ecd9"
    )


def test_the_command_shows_the_same_secret_every_time(tmp_path):
    def show():
        words = ["-c", "from server.cli import main; main()", "keys", "identity", "--data"]
        environ = {k: v for k, v in os.environ.items() if not k.startswith("SOJOURN_")}
        done = subprocess.run(
            [sys.executable, *words, str(tmp_path / "d")],
            env=environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout.splitlines()[-1]

    first = show()
    assert len(bytes.fromhex(first)) == 32
    assert show() == first
