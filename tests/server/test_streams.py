"""One look for all who watch the same, and no more streams than there may be."""

import threading

import pytest

from engine.errors import Unavailable
from server.streams import Board, Streams


class Sight:
    """What is seen, and how often somebody looked."""

    def __init__(self):
        self.looks = 0
        self.text = "a"

    def __call__(self):
        self.looks += 1
        return self.text


def test_many_who_watch_share_one_look():
    board, sight, seen = Board(), Sight(), []
    threads = [threading.Thread(target=lambda: seen.append(board.read(sight))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [(1, "a")] * 8
    assert sight.looks == 1


def test_the_number_rises_when_something_has_changed_and_only_then(monkeypatch):
    monkeypatch.setattr("server.streams.EVERY", 0.0)
    monkeypatch.setattr("server.streams.SHARE", 0)
    board, sight = Board(), Sight()
    board._pause = 0.0
    assert [board.read(sight) for _ in range(2)] == [(1, "a"), (1, "a")]
    sight.text = "b"
    assert board.read(sight) == (2, "b")
    assert sight.looks == 3


def test_a_look_that_fails_is_tried_again():
    board, sight = Board(), Sight()

    def fail():
        raise Unavailable

    with pytest.raises(Unavailable):
        board.read(fail)
    assert board.read(sight) == (1, "a")


def test_there_are_no_more_streams_than_there_may_be():
    streams = Streams(most=2)
    first = streams.open("a")
    assert streams.open("a") is first
    with pytest.raises(Unavailable, match="all 2 streams"):
        streams.open("b")
    streams.close("a")
    assert streams.open("b") is not first
    assert streams.count() == 2


def test_most_threads_are_left_to_requests():
    streams = Streams()
    for threads, most in ((24, 8), (12, 4), (2, 0)):
        streams.fit(threads)
        assert streams.most == most
    with pytest.raises(Unavailable):
        streams.open("a")


def test_a_process_that_ends_opens_no_stream():
    streams = Streams()
    streams.end()
    assert not streams.rest()
    with pytest.raises(Unavailable):
        streams.open("a")
