"""Takes a picture of every screen at two widths in both themes, with demo data: `dev.py shots`."""

import argparse
import os
import re
import shutil
import tempfile
from pathlib import Path

from tests.e2e.life import live
from tests.e2e.screens import SCREENS, open_screen
from tests.processes import free_port, is_ready, running, wait_until

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars")
WIDTHS = {1440: 900, 390: 844}
"""Of a desk and of a phone, each with its height, in pixels."""
THEMES = ("light", "dark")


def take_shots(folder, names=(), language="en"):
    """Take the pictures of these screens, or of all, into a folder as `NAME-WIDTH-THEME.png`."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    screens = [screen for screen in SCREENS if not names or screen.name in names]
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=find_browser(), args=FLAGS)
        with running_demo(Path(temporary)) as (url, entrance):
            for width, height in WIDTHS.items():
                for theme in THEMES:
                    context = chromium.new_context(
                        viewport={"width": width, "height": height},
                        color_scheme=theme,
                        locale=language,
                        has_touch=width < 800,
                    )
                    page = context.new_page()
                    page.goto(entrance)
                    if (width, theme) == (1440, "light"):
                        print("some days pass in the demo …", flush=True)
                        live(context, url)
                    for screen in screens:
                        file = folder / f"{screen.name}-{width}-{theme}.png"
                        open_screen(page, url, screen)
                        page.screenshot(path=file)
                        print(file, flush=True)
                    context.close()
        chromium.close()


class running_demo:
    """A demo of its own, until the block ends: where it runs, and the link by which one comes in.

    Args:
        folder: where it keeps its data and its log.
    """

    def __init__(self, folder):
        self.folder, self.url = folder, f"http://127.0.0.1:{free_port()}"
        port = self.url.rsplit(":", 1)[1]
        command = ("demo", "--port", port, "--data", str(folder / "data"), "--no-browser")
        self.process = running(*command, log=folder / "log")

    def __enter__(self):
        self.process.__enter__()
        try:
            log = self.folder / "log"
            wait_until(lambda: is_ready(self.url), seconds=90, what=f"the demo ({log})")
            return self.url, re.search(r"http\S+/shop/enter\S+", log.read_text())[0]
        except BaseException:
            self.process.__exit__(None, None, None)
            raise

    def __exit__(self, *error):
        return self.process.__exit__(*error)


def find_browser():
    """Return the path of a Chromium, or None."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("google-chrome")


def main():
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(prog="dev.py shots", description=__doc__)
    parser.add_argument("names", nargs="*", help="of screens; none: all of them")
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--language", default="en", choices=("en", "de"))
    asked = parser.parse_args()
    if find_browser() is None:
        parser.error("no browser: apt-get install chromium, or name one in CHROMIUM")
    take_shots(asked.out, asked.names, asked.language)


if __name__ == "__main__":
    main()
