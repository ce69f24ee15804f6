import subprocess
import sys

LOADED = """
import sys
import engine.messages.compose.render_child, engine.messages.compose.render_pool
import engine.messages.compose.letter, engine.messages.compose.template_lint
print(*sorted({name.split(".")[0] for name in sys.modules} & {"sqlalchemy", "flask", "dramatiq", "redis", "httpx"}))
print(*sorted(name for name in sys.modules if name.startswith("engine.") and not name.startswith(("engine.messages", "engine.language"))))
"""


def test_a_child_loads_no_database_and_nothing_of_the_engine_but_composing_and_its_sentences():
    said = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    ).stdout
    assert said.split() == []
