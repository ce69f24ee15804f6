"""What no honest sender sends: refused in words, cheaply, and nothing of anyone else is touched."""

import gzip
import io
import json
import time
import tracemalloc

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from engine.accounts.keys import KeyKind
from tests.server.conftest import build_house
from tests.server.tracking.door import Door, track

CANARY = "wk_canary"


def nest(depth, inner="1"):
    return '{"a":' * depth + inner + "}" * depth


def call(**given):
    """Return a track call's JSON in which `given` are raw texts."""
    fields = {"type": '"track"', "event": '"Bought"', "userId": '"ann"'} | given
    return "{" + ",".join(f'"{name}":{text}' for name, text in fields.items()) + "}"


def bomb(size):
    """Return gzip of so many zeros, made without holding them."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="w") as stream:
        for _ in range(size >> 20):
            stream.write(bytes(1 << 20))
    return packed.getvalue()


TINY = ",".join([call()] * 501)
CASES = {
    "A1 100,000 deep": (f"{'[' * 100_000}", {400}),
    "A1 100,000 objects deep": ('{"a":' * 100_000, {400}),
    "A1 deep in properties": (call(properties=nest(100_000)), {400}),
    "A1 33 in properties": (call(properties=nest(33)), {400}),
    "A1 900 in properties": (call(properties=nest(900)), {400}),
    "A1 deep in the context": (call(context=f'{{"page":{nest(500)}}}'), {400}),
    "A1 deep where nobody reads": (call(integrations=nest(500)), {200}),
    "A2 a byte too many": (" " * ((1 << 20) + 1), {413}),
    "A2 50 MB": (b" " * (50 << 20), {413}),
    "A3 a bomb of 1 GB": (bomb(1 << 30), {413}),
    "A3 gzip in gzip": (gzip.compress(gzip.compress(call().encode())), {400, 415}),
    "A3 broken gzip": (b"\x1f\x8b" + b"x" * 100, {400}),
    "A3 half of gzip": (gzip.compress(call().encode())[:-9], {400}),
    "A3 more behind gzip": (gzip.compress(call().encode()) + b"x", {400}),
    "A4 NUL in a name": (call(properties='{"a\\u0000":1}'), {400}),
    "A4 NUL in a value": (call(properties='{"a":"\\u0000"}'), {400}),
    "A4 NUL in the event": (call(event='"\\u0000"'), {400}),
    "A4 NUL in an id": (call(userId='"\\u0000"'), {400}),
    "A4 half a pair": (call(properties='{"a":"\\ud800"}'), {400}),
    "A4 half a pair as a name": (call(properties='{"\\udc00":1}'), {400}),
    "A4 half a pair as id": (call(userId='"\\ud800"'), {400}),
    "A5 NaN": (call(properties='{"a":NaN}'), {400}),
    "A5 Infinity": (call(properties='{"a":-Infinity}'), {400}),
    "A5 1e400": (call(properties='{"a":1e400}'), {400}),
    "A5 5,000 digits": (call(properties='{"a":' + "9" * 5_000 + "}"), {400}),
    "A5 500,000 digits": (call(properties='{"a":' + "9" * 500_000 + "}"), {400}),
    "A5 -0": (call(properties='{"a":-0}'), {200}),
    "A5 2^63": (call(properties='{"a":9223372036854775808}'), {400}),
    "A6 a name twice": (call(userId='"a","userId":"b"'), {400}),
    "A7 an object as id": (call(userId="{}"), {400}),
    "A7 a list as id": (call(userId='["a"]'), {400}),
    "A7 true as id": (call(userId="true"), {400}),
    "A7 nothing as id": (call(userId='""'), {400}),
    "A7 a long id": (call(userId=f'"{"x" * 10_000}"'), {400}),
    "A7 blanks as id": (call(userId='"   "'), {400}),
    "A7 __proto__": (call(userId='"__proto__"', properties='{"__proto__":{"a":1}}'), {200}),
    "A7 constructor": (call(userId='"constructor"'), {200}),
    "A8 1,000 properties": (
        call(properties=json.dumps({f"p{n}": n for n in range(1_000)})),
        {422},
    ),
    "A8 10,000 in a list": (call(properties=json.dumps({"a": [0] * 10_000})), {422}),
    "A8 100 kB of text": (call(properties=json.dumps({"a": "x" * 100_000})), {422}),
    "A10 year 1": (call(timestamp='"0001-01-01T00:00:00Z"'), {200}),
    "A10 year 9999": (call(timestamp='"9999-12-31T23:59:59.999999Z"'), {200}),
    "A10 behind the last year": (call(timestamp='"9999-12-31T23:59:59.999999-23:59"'), {400}),
    "A10 300 days ahead": (call(timestamp='"2026-12-26T00:00:00Z"'), {200}),
    "A10 yesterday": (call(timestamp='"yesterday"'), {400}),
    "A10 negative": (call(timestamp="-1"), {400}),
    "A10 a leap second": (call(timestamp='"2016-12-31T23:59:60Z"'), {400}),
    "A11 501 in a batch": (f'{{"batch":[{TINY}]}}', {413}),
    "A11 a batch of no list": ('{"batch":{}}', {400}),
    "A17 an alias of itself": (call(type='"alias"', previousId='"ann"'), {200}),
    "A17 an alias of nothing": (call(type='"alias"'), {400}),
    "A18 markup": (call(event='"<img src=x onerror=alert(1)>"'), {200}),
    "A18 10,000 marks": (call(properties=json.dumps({"a": "e" + "\u0301" * 10_000})), {200}),
    "A19 UTF-16": (call().encode("utf-16"), {415}),
    "A19 Latin-1": (call(event='"é"').encode("latin-1"), {400}),
    "no object": ("[]", {400}),
    "text": ('"x"', {400}),
    "nothing": ("", {400}),
    "no type": ("{}", {400}),
}


@pytest.mark.parametrize("name", CASES)
def test_every_line_of_the_table_is_answered_as_it_says(door, name):
    body, statuses = CASES[name]
    raw = body if isinstance(body, bytes) else body.encode()
    is_batch = name.startswith("A11") or raw[:8] == b'{"batch"'
    began = time.process_time()
    answer = door.send(
        "/v1/batch" if is_batch else "/v1/" + _find_path(raw), raw=raw, key=door.browser
    )
    assert answer.status_code in statuses, answer.text
    assert time.process_time() - began < 2
    assert "Traceback" not in answer.text
    assert len(answer.data) < 2_000
    if answer.status_code != 200:
        assert answer.json["code"]
        assert answer.json["message"]
        assert "\n" not in answer.json["message"]
        assert door.count_stored() == 0
    assert door.client.get("/healthz").status_code == 200
    door.ingest()
    assert door.count_stored() == 0


def _find_path(raw):
    return "alias" if b'"alias"' in raw[:40] else "track"


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("multipart/form-data; boundary=x", 415),
        ("application/json; charset=utf-7", 415),
        ("application/json; charset=utf-16", 415),
        ("text/plain; charset=latin-1", 415),
        ("application/json; charset=UTF-8", 200),
        ('text/plain; charset="utf-8"', 200),
    ],
)
def test_a19_only_utf_8_is_read(door, content_type, status):
    answer = door.send("/v1/track", track(), content_type=content_type)
    assert answer.status_code == status


def test_a2_a_body_without_a_length_is_read_to_the_limit_and_no_further(door):
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            self.taken += len(buffer)
            buffer[:] = b" " * len(buffer)
            return len(buffer)

    stream = Endless()
    headers = {"Authorization": f"Bearer {door.write}", "Transfer-Encoding": "chunked"}
    environ = create_environ("/v1/track", method="POST", headers=headers)
    environ |= {"wsgi.input": stream, "wsgi.input_terminated": True}
    _, status, _ = run_wsgi_app(door.client.application, environ)
    assert status.startswith("413")
    assert stream.taken < 4 << 20


def test_a3_a_bomb_costs_no_more_memory_than_a_request_may_hold(door):
    packed = bomb(256 << 20)
    door.send("/v1/track", track())
    tracemalloc.start()
    try:
        assert door.send("/v1/track", raw=packed).status_code == 413
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 << 20


def test_a18_what_is_odd_is_kept_as_it_was_sent(door):
    odd = '<img onerror=x>"><svg/onload>\u202e\u200b😀e' + "\u0301" * 50 + "\r\nX: y\u2028\u0085"
    door.send("/v1/track", track(event=odd[:100], properties={odd: odd}))
    (arrived,) = door.ingest()
    assert (arrived.name, arrived.properties) == (odd[:100], {odd: odd})
    assert door.events()[0].properties == {odd: odd}


def test_a13_a_page_gives_itself_no_right(door):
    traits = {"consent": True, "unsubscribed": False, "role": "owner", "owner_id": 1, "id": 1,
              "suppressed": False, "email_confirmed": True, "merged_into": 1}  # fmt: skip
    door.send("/v1/identify", {"userId": "ann", "traits": traits}, key=door.browser)
    door.ingest()
    (ann,) = door.contacts()
    assert (ann.attributes, ann.email_confirmed, ann.merged_into) == ({}, False, None)
    assert sorted(door.events()[0].context["ignored"]) == sorted(traits)


def test_a14_ten_thousand_victims_get_no_address_to_write_to(sqlite_database, tmp_path):
    door = Door(build_house(sqlite_database, tmp_path, requests_per_minute=1_000))
    answers = []
    for start in range(0, 3_000, 500):
        items = [
            {"type": "identify", "userId": f"v{n}", "traits": {"email": f"v{n}@example.com"}}
            for n in range(start, start + 500)
        ]
        answers.append(door.send("/v1/batch", {"batch": items}, key=door.browser).status_code)
    assert answers[-1] == 429
    while door.ingest():
        pass
    contacts = door.contacts()
    assert contacts
    assert not any(one.email_confirmed for one in contacts)


def test_a21_a_forged_forwarding_header_opens_no_new_bucket(sqlite_database, tmp_path):
    door = Door(build_house(sqlite_database, tmp_path, requests_per_minute=3))
    answers = [
        door.send("/v1/track", track(), headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
        for n in range(5)
    ]
    assert answers == [200, 200, 200, 429, 429]


def test_a22_of_one_message_id_the_first_body_wins(door):
    for event in ("First", "Second"):
        assert door.send("/v1/track", track(event=event, messageId="m")).status_code == 200
    assert [one.name for one in door.ingest()] == ["First"]


def test_a17_no_page_makes_one_contact_of_two_that_are_known(door):
    for user in ("ann", "bob"):
        door.send("/v1/identify", {"userId": user, "traits": {"name": user}})
    alias = {"type": "alias", "userId": "bob", "previousId": "ann"}
    assert door.send("/v1/alias", alias, key=door.browser).status_code == 200
    door.ingest()
    assert [one.merged_into for one in door.contacts()] == [None, None]


def test_a_batchs_context_cannot_be_made_to_cost_more_than_the_batch(door):
    context = json.dumps({"page": {"a": [[1] * 900] * 900}})
    began = time.process_time()
    raw = f'{{"context":{context},"batch":[{",".join([call()] * 500)}]}}'.encode()
    assert door.send("/v1/batch", raw=raw).status_code == 413
    assert time.process_time() - began < 2


@pytest.mark.parametrize("kind", [KeyKind.WRITE, KeyKind.BROWSER])
def test_no_answer_repeats_a_key_or_what_was_sent(door, kind):
    key = door.make_key(kind)
    for answer in (
        door.send("/v1/track", raw=b'{"secret": "' + CANARY.encode() + b'"', key=key),
        door.send("/v1/track", track(userId={"x": CANARY}), key=key),
        door.send("/v1/track", track(), key=CANARY),
        door.send("/v1/track", track(writeKey=CANARY), key=key),
    ):
        assert answer.status_code in (400, 401)
        assert CANARY not in answer.text
        assert key not in answer.text
