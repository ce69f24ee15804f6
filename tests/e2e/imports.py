"""Files that bring contacts in, for the screens that show them."""

import time
from urllib.parse import urlsplit

from tests.e2e.life import ask

FILE = b"Kundennr.;E-Mail;Vorname;Newsletter\nx1;xenia@example.com;Xenia;ja\nx2;nowhere;Xaver;ja\n"
COLUMNS = (
    {"what": "user_id"},
    {"what": "email"},
    {"what": "attribute", "name": "first_name"},
    {"what": "ignored"},
)


def checked_import(context, url):
    """Return the address of a file that is checked, and waits to be brought in."""
    for one in ask(context, "GET", f"{url}/api/v1/imports")["items"]:
        if one["state"] == "checked":
            return f"/contacts/import/{one['id']}"
    parts = urlsplit(url)
    sent = context.request.post(
        f"{url}/api/v1/imports?name=people.csv",
        data=FILE,
        headers={
            "X-Sojourn-App": "1",
            "Origin": f"{parts.scheme}://{parts.netloc}",
            "Content-Type": "text/csv",
        },
    ).json()
    plan = {"revision": sent["revision"], "mode": "contacts", "columns": list(COLUMNS)}
    ask(context, "PUT", f"{url}/api/v1/imports/{sent['id']}/plan", plan)
    until = time.monotonic() + 20
    while ask(context, "GET", f"{url}/api/v1/imports/{sent['id']}")["state"] != "checked":
        assert time.monotonic() < until, "nobody checks the file"
    return f"/contacts/import/{sent['id']}"
