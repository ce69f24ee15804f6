import threading
from collections import Counter
from datetime import timedelta

import pytest

from channels.base import Receipt, Verdict
from channels.fan_out import Limits, send_each

YES = Receipt(Verdict.ACCEPTED)


def run(
    items,
    send_one,
    *,
    target_of=lambda item: item[0],
    threads=8,
    at_once=2,
    begin_within=timedelta(seconds=60),
):
    told = []
    send_each(
        items,
        send_one,
        target_of,
        lambda *pair: told.append(pair),
        limits=Limits(threads, at_once),
        begin_within=begin_within,
    )
    assert sorted(index for index, _ in told) == list(range(len(items)))
    return dict(told)


def test_each_item_is_sent_once_and_told_of_under_its_own_index():
    items = [(f"t{n % 5}", n) for n in range(100)]
    sent = Counter()

    def send_one(item):
        sent[item] += 1
        return Receipt(Verdict.ACCEPTED, provider_id=str(item[1]))

    told = run(items, send_one)
    assert set(sent.values()) == {1} and len(sent) == 100
    assert all(told[n].provider_id == str(n) for n in range(100))


def test_no_more_than_allowed_are_under_way_to_one_target():
    under_way, most, lock = Counter(), Counter(), threading.Lock()
    both = threading.Barrier(2)

    def send_one(item):
        with lock:
            under_way[item[0]] += 1
            most[item[0]] = max(most[item[0]], under_way[item[0]])
        both.wait(5)  # proves that two are
        with lock:
            under_way[item[0]] -= 1
        return YES

    run([("a", n) for n in range(10)], send_one)
    assert most == {"a": 2}


@pytest.mark.parametrize(
    "receipt",
    [
        Receipt(Verdict.NOT_SENT, text="away"),
        Receipt(Verdict.UNCERTAIN, text="silent"),
        Receipt(Verdict.TEMPORARY, text="busy", retry_after=timedelta(seconds=9)),
        Receipt(Verdict.TEMPORARY, text="too many", is_throttled=True),
        Receipt(Verdict.NOT_SENT, text="login", is_account_problem=True),
    ],
)
def test_a_target_that_is_no_use_is_left_alone_for_the_rest_of_the_chunk(receipt):
    sent = []

    def send_one(item):
        sent.append(item)
        return receipt if item[0] == "bad" else YES

    told = run(
        [("bad", n) for n in range(10)] + [("good", n) for n in range(10)], send_one, at_once=1
    )
    assert [item for item in sent if item[0] == "bad"] == [("bad", 0)]
    assert told[0] is receipt and all(told[n] is YES for n in range(10, 20))
    for n in range(1, 10):
        assert told[n].verdict is Verdict.NOT_SENT and receipt.text in told[n].text
        assert told[n].retry_after == receipt.retry_after
        assert told[n].is_throttled == receipt.is_throttled
        assert told[n].is_account_problem == receipt.is_account_problem


@pytest.mark.parametrize("verdict", [Verdict.PERMANENT, Verdict.TEMPORARY])
def test_a_refusal_of_one_item_says_nothing_about_the_next(verdict):
    told = run(
        [("a", n) for n in range(6)],
        lambda item: Receipt(verdict if item[1] == 2 else Verdict.ACCEPTED),
    )
    assert [told[n].verdict for n in range(6)].count(Verdict.ACCEPTED) == 5


def test_a_fault_of_ours_comes_through_and_nothing_hangs():
    def send_one(item):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run([("a", n) for n in range(6)], send_one)


def test_what_the_caller_raises_ends_the_sending():
    sent = []

    def send_one(item):
        sent.append(item)
        threading.Event().wait(0.001)
        return YES

    def fail(index, receipt):
        raise KeyError

    with pytest.raises(KeyError):
        send_each(
            [("a", n) for n in range(1000)],
            send_one,
            lambda item: item[0],
            fail,
            limits=Limits(threads=2, at_once=1),
            begin_within=timedelta(seconds=60),
        )
    assert len(sent) < 1000


def test_results_are_told_of_in_the_callers_thread():
    threads = set()
    send_each(
        [("a", 1), ("b", 2)],
        lambda item: YES,
        lambda item: item[0],
        lambda *_: threads.add(threading.get_ident()),
        limits=Limits(threads=2, at_once=1),
        begin_within=timedelta(seconds=60),
    )
    assert threads == {threading.get_ident()}


def test_what_has_not_begun_in_time_is_not_sent():
    sent = []

    def send_one(item):
        sent.append(item)
        threading.Event().wait(0.1)
        return YES

    told = run([("a", n) for n in range(20)], send_one, begin_within=timedelta(seconds=0.05))
    assert len(sent) == 2
    assert [told[n].verdict for n in range(20)].count(Verdict.NOT_SENT) == 18
