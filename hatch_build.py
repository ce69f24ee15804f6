"""Builds the web app into the wheel and the sdist, so that whoever installs them needs no Node."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildHook(BuildHookInterface):
    """Adds builder_ui/dist, built as its sources are now; not to an editable install.

    SKIP_UI=1 leaves the app out. A source distribution has it built already.
    """

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what building needs: Node from PyPI, where the machine has none that fits."""
        dev = self._load_dev()
        return [dev.NODE_WHEEL] if self._is_to_build() and not dev.has_node() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the app, and say where it lies in what is made."""
        built = Path(self.root) / "builder_ui" / "dist"
        if version == "editable" or os.environ.get("SKIP_UI") == "1":
            return
        if self._is_to_build():
            self._load_dev().build_ui(Path(sys.executable))
        if built.is_dir():
            place = "engine/_ui" if self.target_name == "wheel" else "builder_ui/dist"
            build_data["force_include"][str(built)] = place

    def _is_to_build(self) -> bool:
        is_sdist = (Path(self.root) / "PKG-INFO").is_file()
        return os.environ.get("SKIP_UI") != "1" and not is_sdist

    def _load_dev(self) -> ModuleType:
        """Return dev.py, which knows how the app is built."""
        spec = importlib.util.spec_from_file_location("dev", Path(self.root) / "dev.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError("dev.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
