"""Journeys to test with, and a catalogue in which everything they name exists."""

import json
from pathlib import Path

from engine.journeys.definition.case_file import SUFFIX
from engine.journeys.definition.catalogue_file import FILE_NAME
from engine.journeys.definition.journey import parse_journey
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.check import check
from engine.messages.compose.lookup_names import NamedLookup, Sort
from engine.messages.compose.template_errors import Position
from engine.triggers.journey import JourneyTrigger

EXAMPLES = Path(__file__).parents[3] / "examples" / "journeys"
GALLERY = EXAMPLES.parent / "gallery"


def list_journeys(folder):
    """The files of a folder that are journeys."""
    return sorted(
        file
        for file in folder.glob("*.json")
        if file.name != FILE_NAME and not file.name.endswith(SUFFIX)
    )


EXAMPLE_FILES = list_journeys(EXAMPLES)
GALLERY_FILES = list_journeys(GALLERY)
FILES = [*EXAMPLE_FILES, *sorted((Path(__file__).parent / "documents").glob("*.json"))]

SMS = ("cart-sms", "win-back-sms", "payment-sms", "vip-sms")
EMAILS = (
    "welcome-1", "welcome-pro", "welcome-free", "cart-nudge", "cart-10-percent",
    "cart-free-shipping", "win-back-offer", "ticket-survey", "voucher-gift", "voucher-plain",
    "tip-first-project", "tip-template-gallery", "trial-ends", "review-request", "card-expired",
    "payment-failed", "newsletter-2027-01", "vip-hello", "receipt", "birthday", "no-catalog", "no-pool", "no-source",
)  # fmt: skip

LACKING: dict[str, Sort] = {
    "no-catalog": "catalog",
    "no-pool": "coupon_pool",
    "no-source": "source",
}

CATALOGUE = Catalogue(
    lacking={
        key: [NamedLookup(sort, "gone", Position("", 7, 1), has_default=False)]
        for key, sort in LACKING.items()
    },
    senders=frozenset({"anna"}),
    templates={
        **dict.fromkeys(SMS, "sms"), **dict.fromkeys(EMAILS, "email"), "parcel-push": "push",
    },
    without_unsubscribe=frozenset({"receipt"}),
    segments=frozenset({"vip", "newsletter-readers"}),
    topics=frozenset({"newsletter", "offers", "tips", "reviews"}),
    endpoints=frozenset({"shop", "help-desk", "billing"}),
    journeys={
        "nurturing": [JourneyTrigger(kind="journey", from_journeys=("lead-score",))],
        "newsletter": [],
    },
    attributes=frozenset({"plan", "trial_ends_on", "address.city", "birthday"}),
    events=frozenset(
        {
            "Signed Up", "Account Cancelled", "Order Completed", "Product Added", "Ticket Closed",
            "Ticket Reopened", "Survey Answered", "Trial Started", "Subscription Started",
            "Trial Cancelled", "Project Created", "Order Refunded", "Order Delivered",
            "Product Reviewed", "Payment Failed", "Invoice Paid", "Demo Requested",
        }
    ),
)  # fmt: skip


def load(name):
    """The journey called `name` as plain JSON, fresh each time."""
    [file] = [file for file in FILES if file.stem == name]
    return json.loads(file.read_text(encoding="utf-8"))


def check_document(document, *, stage="publish"):
    """The problems of plain JSON."""
    return check(parse_journey(json.dumps(document)), CATALOGUE, stage=stage)


def put(*place, value):
    """A change: write a value at a place of the document."""

    def spoil(document):
        part = document
        for step in place[:-1]:
            part = part[step]
        part[place[-1]] = value

    return spoil


def drop(*place):
    """A change: take away what is at a place of the document."""

    def spoil(document):
        part = document
        for step in place[:-1]:
            part = part[step]
        del part[place[-1]]

    return spoil


def both(*spoils):
    """A change: several of them."""

    def spoil(document):
        for each in spoils:
            each(document)

    return spoil
