"""Writes schema/openapi.json, from which the builder's client is made."""

import json
from pathlib import Path
from typing import Final

from engine.config import Settings
from server.app import create_app
from server.broker import SilentBell
from server.openapi import build_document
from server.wiring import open_house

FILE: Final = Path(__file__).resolve().parent.parent / "schema" / "openapi.json"


def build_page() -> str:
    """Return the document of the management API as the file holds it."""
    house = open_house(Settings(), bell=SilentBell())
    try:
        return json.dumps(build_document(create_app(house)), indent=2, ensure_ascii=False) + "\n"
    finally:
        house.close()


if __name__ == "__main__":
    FILE.write_text(build_page(), encoding="utf-8")
