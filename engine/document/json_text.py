"""JSON as the product writes it into its rows."""

import orjson


def write_json(value: object) -> str:
    """Return compact JSON with keys unescaped: older SQLite compares keys without decoding."""
    return orjson.dumps(value).decode()
