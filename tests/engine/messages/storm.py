"""Click sequences with a seed: scanners as they are documented, and people as they are."""

from datetime import UTC, datetime, timedelta

from engine.messages.tracking.touches import NO_HINT, Hint, Seen

LEFT = datetime(2026, 3, 25, 12, tzinfo=UTC)
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36"
BROWSERS = (
    CHROME,
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0",
    "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/450.0]",
)
SCANNERS = (
    "Mozilla/5.0 (compatible; SomeGateway/2.0; link scanner)",
    "python-requests/2.32.3",
    "curl/8.5.0",
    "Go-http-client/1.1",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36",
    "Microsoft Office Existence Discovery",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "",
)


class Storm:
    """Makes sequences: a letter's id, and its touches."""

    def __init__(self, chance):
        self.chance = chance
        self._ids = 0
        self._letters = 0

    def machine(self):
        shapes = [self.gateway, self.rewriter, self.named, self.headless, self.cloud, self.ahead]
        shapes += [self.at_once, self.speechless]
        if self.chance.random() < 0.02:
            return self.begin(), [self.click("1", 40, CHROME)]  # nothing gives it away
        self.begin()
        return self._letters, self.chance.choice(shapes)()

    def human(self):
        shapes = [self.reader, self.doubler, self.opener, self.quick, self.colleague, self.opens]
        self.begin()
        return self._letters, self.chance.choice(shapes)()

    def begin(self):
        self._letters += 1
        self._network = f"198.{self.chance.randrange(18, 20)}.{self.chance.randrange(256)}.0/24"
        return self._letters

    def click(self, link, after, agent, *, hints=NO_HINT, network=None, kind="click"):
        self._ids += 1
        at = LEFT + timedelta(seconds=after)
        place = network or self._network
        return Seen(self._ids, kind, self._letters, link, at, agent, place, hints)

    # What machines do.

    def gateway(self):
        """Every link within two seconds, by an old browser that names no language."""
        start, count = self.chance.uniform(1, 40), self.chance.randint(2, 8)
        agent = "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 Chrome/60.0 Safari/537.36"
        return [
            self.click(str(n), start + 1.5 * n / count, agent, hints=Hint.NO_LANGUAGE)
            for n in range(count)
        ]

    def rewriter(self):
        """HEAD, then GET, of each link."""
        found, after = [], self.chance.uniform(5, 90)
        for n in range(self.chance.randint(1, 4)):
            found.append(self.click(str(n), after + 4 * n, CHROME, hints=Hint.HEAD))
            found.append(self.click(str(n), after + 4 * n + 0.4, CHROME))
        return found

    def named(self):
        after = self.chance.uniform(1, 3600)
        return [self.click("1", after, self.chance.choice(SCANNERS))]

    def headless(self):
        """A whole browser, with all it says; too quick for a hand."""
        start, count = self.chance.uniform(5, 600), self.chance.randint(3, 8)
        return [
            self.click("p", start, CHROME, kind="open"),
            *(self.click(str(n), start + 1 + 0.2 * n, CHROME) for n in range(count)),
        ]

    def cloud(self):
        """Each link from another address."""
        start, count = self.chance.uniform(5, 60), self.chance.randint(3, 6)
        return [
            self.click(
                str(n), start + 0.3 * n, self.chance.choice(BROWSERS), network=f"203.0.{n}.0/24"
            )
            for n in range(count)
        ]

    def ahead(self):
        return [self.click("1", self.chance.uniform(5, 900), CHROME, hints=Hint.PREFETCH)]

    def at_once(self):
        return [self.click("1", self.chance.uniform(0.2, 2.5), CHROME)]

    def speechless(self):
        return [self.click("1", self.chance.uniform(20, 60), CHROME, hints=Hint.NO_LANGUAGE)]

    # What people do.

    def reader(self):
        return [self.click("1", self.chance.uniform(60, 86_400), self.chance.choice(BROWSERS))]

    def doubler(self):
        after, agent = self.chance.uniform(30, 7200), self.chance.choice(BROWSERS)
        return [self.click("1", after, agent), self.click("1", after + 0.25, agent)]

    def opener(self):
        """Several links in tabs, one behind the other."""
        after, agent = self.chance.uniform(40, 7200), self.chance.choice(BROWSERS)
        found = []
        for n in range(self.chance.randint(2, 5)):
            found.append(self.click(str(n), after, agent))
            after += self.chance.uniform(1.4, 20)
        return found

    def quick(self):
        return [self.click("1", self.chance.uniform(9, 30), self.chance.choice(BROWSERS))]

    def colleague(self):
        """Behind the one address of a company, as many others."""
        after = self.chance.uniform(60, 1800)
        return [self.click("1", after, CHROME, network="192.0.2.0/24")]

    def opens(self):
        after, agent = self.chance.uniform(30, 7200), self.chance.choice(BROWSERS)
        opened = self.click(None, after, agent, kind="open")
        return [opened, self.click("1", after + self.chance.uniform(2, 60), agent)]
