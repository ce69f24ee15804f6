"""Who reads a clock, and who sleeps: nobody but `engine/clock.py`."""

from tests.architecture.reading import Source, find_calls, read_sources

CLOCK = "engine/clock.py"
READS = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.sleep",
)
"""`time.monotonic` is no clock: it measures how long something in this process takes."""


def find_reads(sources):
    return [
        f"{source.place}:{line}: {name}()"
        for source in sources
        if source.place != CLOCK
        for line, name in find_calls(source.tree, READS)
    ]


def find_bare_reads(sources):
    """Find what would hide from the rule above: `from time import sleep`."""
    return [
        f"{source.place}: from time import {name}"
        for source in sources
        for name in ("time", "sleep", "time_ns", "localtime", "gmtime")
        if f"from time import {name}\n" in source.text
    ]


def test_only_the_clock_reads_the_time():
    assert find_reads(read_sources()) == []


def test_time_is_not_imported_by_its_functions():
    assert find_bare_reads(read_sources()) == []


def test_a_read_elsewhere_is_found():
    text = "import datetime, time\na = datetime.datetime.now(UTC)\ntime.sleep(1)\nclock.now()\n"
    assert find_reads([Source("server/x.py", text)]) == [
        "server/x.py:2: datetime.datetime.now()",
        "server/x.py:3: time.sleep()",
    ]
    assert find_reads([Source(CLOCK, text)]) == []
    assert find_bare_reads([Source("engine/x.py", "from time import sleep\n")]) == [
        "engine/x.py: from time import sleep"
    ]
