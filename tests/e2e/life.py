"""Some days of life in a demo: people sign up, fill carts, buy, close tickets, and time passes."""

import time
import uuid

APP = {"X-Sojourn-App": "1"}
PATIENCE = 60.0
DAYS = 3
SIGNED_UP, CARTS, BOUGHT, TICKETS = range(48), range(60, 84), range(60, 68), range(90, 102)
LATE = range(110, 122)
"""Those who have just come, and wait."""
LIMIT = {
    "name": "A week of marketing", "most": 20, "window": "week", "policy": "hold",
    "hold_for": "P3D", "revision": 0,
}  # fmt: skip


def live(context, url):
    """Let the demo's sample people do things, as a shop's own server would tell.

    Args:
        context: a browser context in which the demo's owner has come in.
        url: where the demo runs.
    """
    name = f"Life {uuid.uuid4().hex[:8]}"
    key = ask(context, "POST", f"{url}/api/v1/keys", {"kind": "write", "name": name})["key"]
    ask(context, "PUT", f"{url}/api/v1/sending-limits/weekly", LIMIT)
    tell(context, url, key, [build("Signed Up", one, {"plan": "pro"}) for one in SIGNED_UP])
    tell(context, url, key, [build("Product Added", one, build_cart(one)) for one in CARTS])
    tell(context, url, key, [build("Order Completed", one, build_order(one)) for one in BOUGHT])
    tell(context, url, key, [build("Ticket Closed", one, build_ticket(one)) for one in TICKETS])
    rest(context, url)
    for step in ("PT2H", *["P1D"] * DAYS):
        ask(context, "POST", f"{url}/api/v1/clock/advance", {"by": step})
        rest(context, url)
        buyers = [build("Order Completed", one, build_order(one)) for one in SIGNED_UP[:: DAYS + 2]]
        tell(context, url, key, buyers)
        rest(context, url)
    tell(context, url, key, [build("Signed Up", one, {"plan": "free"}) for one in LATE])
    tell(context, url, key, [build("Ticket Closed", one, build_ticket(one)) for one in LATE])
    rest(context, url)


def rest(context, url):
    """Wait until everything that is due has been done."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        queues = ask(context, "GET", f"{url}/api/v1/queues")
        if queues["enrollments"]["due"] == 0 and all(not lane["depth"] for lane in queues["lanes"]):
            return
        time.sleep(0.3)
    raise AssertionError(f"the demo is still busy after {PATIENCE} s: {queues}")


def ask(context, method, url, body=None):
    """Ask the management API as the one who has come in; answers its JSON."""
    headers = {**APP, "Origin": "/".join(url.split("/")[:3])}
    answer = context.request.fetch(url, method=method, headers=headers, data=body)
    assert answer.ok, f"{method} {url}: {answer.status} {answer.text()}"
    return answer.json() if answer.text() else None


def tell(context, url, key, calls):
    """Send tracking calls in one batch."""
    answer = context.request.post(
        f"{url}/v1/batch", headers={"Authorization": f"Bearer {key}"}, data={"batch": calls}
    )
    assert answer.ok, f"{answer.status} {answer.text()}"


def build(event, number, properties):
    """Return a tracking call of one of the demo's sample people."""
    return {
        "type": "track",
        "event": event,
        "userId": f"sample-{number:03}",
        "messageId": str(uuid.uuid4()),
        "properties": properties,
    }


def build_cart(number):
    price = 40 + 7 * (number % 20)
    item = {"name": "Trail jacket", "price": price, "quantity": 1}
    return {"cart_id": f"cart-{number}", "total": price, "items": [item]}


def build_order(number):
    return {"order_id": str(uuid.uuid4()), "cart_id": f"cart-{number}", "total": 60 + number}


def build_ticket(number):
    return {"ticket_id": f"ticket-{number}", "subject": "Which size fits?"}
