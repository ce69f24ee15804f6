"""Stories that once found something, as files: they stay the same, whatever seeds mean by then."""

import json
from pathlib import Path

from tests.sim.script import Script, Step

FOLDER = Path(__file__).with_name("kept")
"""One file a story, named after the seed that told it first."""


def list_stories():
    """Return the names of all stories, the oldest seed first."""
    return sorted((path.stem for path in FOLDER.glob("*.json")), key=lambda name: (len(name), name))


def read_story(name):
    """Return what happens in a story."""
    told = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Script(
        seed=told["seed"],
        document=told["document"],
        contacts=tuple(told["contacts"]),
        chunk=told["chunk"],
        steps=tuple(_read_step(step) for step in told["steps"]),
        editions=tuple(told.get("editions", ())),
        other=told.get("other"),
    )


def keep_story(script, found):
    """Write what happens in a script, and what it found; answer the file."""
    told = {
        "found": found,
        "seed": script.seed,
        "chunk": script.chunk,
        "document": script.document,
        "editions": script.editions,
        "other": script.other,
        "contacts": script.contacts,
        "steps": [_write_step(step) for step in script.steps],
    }
    lines = ",\n".join(f"{json.dumps(name)}: {_write(value)}" for name, value in told.items())
    path = FOLDER / f"{script.seed}.json"
    path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    return path


def _write(value):
    """Return JSON with a line for each of several."""
    if not isinstance(value, list | tuple):
        return json.dumps(value)
    return "[" + ",".join(f"\n  {json.dumps(each)}" for each in value) + "\n]"


def _write_step(step):
    written = {"kind": step.kind, "what": step.what}
    if step.dies_at:
        written["dies_at"] = step.dies_at
    if step.fails_at:
        written["fails_at"] = step.fails_at
    if step.meanwhile:
        written["meanwhile"] = [[point, _write_step(each)] for point, each in step.meanwhile]
    return written


def _read_step(written):
    meanwhile = tuple((point, _read_step(step)) for point, step in written.get("meanwhile", ()))
    return Step(
        written["kind"],
        written["what"],
        dies_at=written.get("dies_at", 0),
        fails_at=written.get("fails_at", 0),
        meanwhile=meanwhile,
    )
