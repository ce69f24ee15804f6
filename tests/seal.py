"""The key by which the tests' databases are sealed."""

from engine.sealing import build_seal

SECRET_KEY = "c29qb3VybiB0ZXN0cyBhbmQgbm90aGluZyBidXQgdGU="
SEAL = build_seal(SECRET_KEY, None)
