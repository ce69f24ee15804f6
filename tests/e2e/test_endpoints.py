"""What an endpoint refused is seen in its log, and replayed once it takes it."""

import re
import uuid

import pytest

from tests.channels.servers import Response
from tests.e2e.life import ask, build, rest, tell

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
]
PATIENCE = 20_000


def test_a_call_that_was_refused_is_in_the_log_and_replayed(page, demo, receiver):
    url, context, name = demo[0], page.context, f"crm-{uuid.uuid4().hex[:6]}"
    base, answers = receiver
    answers[f"/{name}"] = Response(422, b'{"error": "no such customer"}')
    ask(context, "POST", f"{url}/api/v1/endpoints/{name}", {"url": f"{base}/{name}"})
    journey = {
        "format": 1, "key": name, "name": "Tell the CRM", "start": "call",
        "trigger": {"kind": "event", "event": f"Wanted {name}"},
        "nodes": {"call": {"kind": "webhook", "endpoint": name, "body": {"order": "A-17"}}},
    }  # fmt: skip
    ask(context, "PUT", f"{url}/api/v1/journeys/{name}", {"document": journey})
    ask(context, "POST", f"{url}/api/v1/journeys/{name}/publish", {})
    key = ask(context, "POST", f"{url}/api/v1/keys", {"kind": "write", "name": name})["key"]
    tell(context, url, key, [build(f"Wanted {name}", 7, {})])
    rest(context, url)

    page.goto(f"{url}/settings/endpoints/{name}")
    page.get_by_text("1 failed").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name=re.compile("Look at the call of")).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_text("no such customer").wait_for(timeout=PATIENCE)
    drawer.get_by_text("A-17").wait_for()
    del answers[f"/{name}"]
    drawer.get_by_role("button", name="Replay").click()
    page.get_by_text("It is on its way again.").wait_for(timeout=PATIENCE)
    page.get_by_role("row").filter(has_text="200").wait_for(timeout=PATIENCE)
    page.get_by_text("1 failed").wait_for(state="detached", timeout=PATIENCE)
