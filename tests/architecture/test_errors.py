"""Who may catch everything: doors, and whoever raises it again."""

import ast

from tests.architecture.reading import Source, read_name, read_sources

EVERYTHING = {"Exception", "BaseException"}
HANDED_OVER = {"channels/fan_out.py": "raised again in the thread that waits for it"}


def find_catchers(sources):
    return [
        f"{source.place}:{node.lineno}"
        for source in sources
        if source.package != "server" and source.place not in HANDED_OVER
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and catches_all(node) and not raises_again(node)
    ]


def catches_all(handler):
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(each is None or EVERYTHING & set(read_name(each)) for each in types)


def raises_again(handler):
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_only_doors_swallow_what_they_do_not_know():
    assert find_catchers(read_sources()) == []


def test_a_catcher_in_the_engine_is_found():
    text = (
        "try:\n    f()\nexcept Exception:\n    pass\n"
        "try:\n    f()\nexcept (KeyError, BaseException):\n    pass\n"
        "try:\n    f()\nexcept:\n    pass\n"
        "try:\n    f()\nexcept BaseException:\n    close()\n    raise\n"
        "try:\n    f()\nexcept KeyError:\n    pass\n"
    )
    found = ["engine/x.py:3", "engine/x.py:7", "engine/x.py:11"]
    assert find_catchers([Source("engine/x.py", text), Source("server/x.py", text)]) == found


def test_every_exemption_is_still_needed():
    for place in HANDED_OVER:
        source = next(each for each in read_sources() if each.place == place)
        assert find_catchers([Source("engine/x.py", source.text)])
