"""Firefox, driven by its own protocol (Marionette), as far as the tests of pushes need it.

Its own windows can be looked into as well: the question whether a site may notify, and what it shows.
Source: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import json
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

from tests.processes import kill, wait_until

FLAGS = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
PREFERENCES = {
    "alerts.useSystemBackend": False,  # notifications are windows of its own
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": True,
    "dom.push.retryBaseInterval": 50,
    "dom.push.testing.allowInsecureServerURL": True,
    "focusmanager.testmode": False,  # or no page brings itself to the front
    "marionette.port": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.localDomains": "shop.test",  # a host that is not this machine, as far as pages know
    "security.notification_enable_delay": 0,
    "toolkit.telemetry.enabled": False,
}


class Refused(Exception):
    """Firefox did not do what it was told."""


class Firefox:
    """One running Firefox, and the page in its foreground."""

    def __init__(self, port):
        self.line = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.stream = self.line.makefile("rwb")
        self.read()  # says hello
        self.count = 0
        self.tell("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        self.tell("WebDriver:SetTimeouts", script=30_000)

    def read(self):
        length = b""
        while (sign := self.stream.read(1)) != b":":
            if not sign:
                raise Refused("Firefox has gone")
            length += sign
        return json.loads(self.stream.read(int(length)))

    def tell(self, command, **parameters):
        self.count += 1
        said = json.dumps([0, self.count, command, parameters]).encode()
        self.stream.write(b"%d:%s" % (len(said), said))
        self.stream.flush()
        _, _, error, result = self.read()
        if error:
            raise Refused(f"{command}: {error['message']}")
        return result.get("value") if isinstance(result, dict) and "value" in result else result

    def open(self, url):
        self.tell("WebDriver:Navigate", url=url)

    def run(self, script, *given):
        """Run a script in the page; what it returns, also by a promise, is the answer."""
        return self.tell(
            "WebDriver:ExecuteScript", script=f"return (async () => {{{script}}})()", args=given
        )

    def run_inside(self, script, *given):
        """Run a script in the browser itself."""
        self.tell("Marionette:SetContext", value="chrome")
        try:
            return self.run(script, *given)
        finally:
            self.tell("Marionette:SetContext", value="content")

    def click(self, selector):
        """Click as a person does, so that the page may ask for what needs a click."""
        found = self.tell("WebDriver:FindElement", using="css selector", value=selector)
        self.tell("WebDriver:ElementClick", id=next(iter(found.values())))


@contextmanager
def running_firefox(path, folder, **preferences):
    """Run a Firefox with a profile of its own until the block ends."""
    profile = Path(folder, "profile")
    profile.mkdir()
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in {**PREFERENCES, **preferences}.items()
    ]
    (profile / "user.js").write_text("\n".join(lines))
    with Path(folder, "firefox.log").open("wb") as log:
        process = subprocess.Popen(
            [path, *FLAGS, "--profile", str(profile)],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "MOZ_HEADLESS_WIDTH": "1440"},
        )
    try:
        told = profile / "MarionetteActivePort"
        port = wait_until(lambda: told.exists() and told.read_text().strip(), what="Firefox")
        firefox = Firefox(int(port))
        with firefox.line, firefox.stream:
            yield firefox
    finally:
        kill(process)
        process.wait(10)
