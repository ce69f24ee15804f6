"""Campaign parameters on links: what a site's own statistics know visitors from letters by. Pure.

Source: https://support.google.com/analytics/answer/10917952 (utm_source, utm_medium, utm_campaign,
utm_content).
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

MEDIUM = "email"


def build_utm(
    settings: Mapping[str, Any], *, journey: str | None, node: str | None
) -> dict[str, str]:
    """Return the parameters that a journey's letters add, by name.

    Args:
        settings: `settings.utm` of the journey.
        journey: its key, which the campaign is called without another name.
        node: that sent the letter.
    """
    given = {
        "utm_source": settings.get("source"),
        "utm_medium": settings.get("medium") or MEDIUM,
        "utm_campaign": settings.get("campaign") or journey,
        "utm_content": node,
    }
    return {name: value for name, value in given.items() if value}


def add_utm(target: str, parameters: Mapping[str, str]) -> str:
    """Return an address with those parameters that it does not have; all else stays as it is."""
    parts = urlsplit(target)
    if parts.scheme not in {"http", "https"}:
        return target
    has = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = [
        f"{name}={quote(value, safe='')}" for name, value in parameters.items() if name not in has
    ]
    query = "&".join([parts.query, *added] if parts.query else added)
    return parts._replace(query=query).geturl()
