"""Who opens connections: one client for HTTP, and each other way to the network in its one place.

E12 of the catalogue of hostile input: what is checked before a request is checked for all of them.
"""

import ast

from tests.architecture.reading import Source, read_sources

CLIENTS = {
    "httpcore": {"channels/http_client.py"},  # every request of ours
    "apprise": {"channels/chat/telling.py"},  # chats: it brings its own, behind our guard
    "dns": {"channels/dns_lookup.py"},
    "redis": {"server/broker.py", "server/commands/doctor.py"},
    "asyncio": {"server/bench/sink.py"},
    "ssl": {
        "channels/http_client.py", "channels/email/connection.py", "channels/email/wire.py",
        "channels/email/smtp_settings.py", "channels/email/letter_api.py",
        "channels/sms/text_api.py", "channels/provider_api.py", "channels/webhook/http.py",
        "channels/webhook/fetching.py", "channels/push/web.py",
    },
    "socket": {
        "channels/http_client.py",
        "channels/email/connection.py", "channels/email/wire.py",  # SMTP
        "channels/chat/telling.py",  # looks names up for the guard
        "server/wsgi.py",  # listens
        "server/api/accounts.py", "server/commands/doctor.py",  # whether a mail server is there
        "server/outgoing.py",  # the name of this machine
    },
}  # fmt: skip
"""What reaches the network, and the files that may import it."""
FORBIDDEN = (
    "httpx", "requests", "urllib.request", "urllib3", "http.client", "smtplib", "ftplib", "imaplib",
    "poplib", "telnetlib", "aiohttp", "websockets", "xmlrpc", "socketserver",
)  # fmt: skip
"""Other clients: none of them knows what we refuse, and several read proxies and credentials."""


def find_imports(source):
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def find_connections(sources):
    """Imports of what reaches the network, in files that are not its place."""
    found = set()
    for source in sources:
        for name in find_imports(source):
            root = name.partition(".")[0]
            is_forbidden = any(name == one or name.startswith(f"{one}.") for one in FORBIDDEN)
            if is_forbidden or (root in CLIENTS and source.place not in CLIENTS[root]):
                found.add(f"{source.place}: {name}")
    return sorted(found)


def test_e12_there_is_one_client_for_http_and_one_place_for_all_else():
    assert find_connections(read_sources()) == []


def test_every_place_that_is_named_still_needs_it():
    used = {
        (name.partition(".")[0], source.place)
        for source in read_sources()
        for name in find_imports(source)
    }
    named = {(root, place) for root, places in CLIENTS.items() for place in places}
    assert named <= used


def test_another_client_is_found():
    text = "from urllib import request\nimport httpx\nimport httpcore\nfrom urllib.parse import quote\n"
    assert find_connections([Source("server/x.py", text)]) == [
        "server/x.py: httpcore",
        "server/x.py: httpx",
        "server/x.py: urllib.request",
    ]
