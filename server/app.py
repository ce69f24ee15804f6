"""The web application: every route of the product behind one WSGI callable."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from server import health, openapi, pages
from server.api import (
    accounts,
    assets,
    audit,
    backfills,
    broadcasts,
    calls,
    catalog_items,
    catalogs,
    clock,
    conditions,
    consents,
    contact_edits,
    contacts,
    coupons,
    deliverability,
    endpoints,
    enrollments,
    events,
    fetch_sources,
    gallery,
    imports,
    inbound,
    instance,
    journeys,
    keys,
    letter_senders,
    lifecycle,
    mailbox,
    messages,
    names,
    notices,
    overview,
    partials,
    previews,
    public_pages,
    questions,
    queues,
    records,
    reports,
    segments,
    sending_limits,
    session,
    simulations,
    starters,
    stream,
    template_tests,
    templates,
    texts,
    timeline,
    topics,
    users,
    versions,
    why,
)
from server.auth import refuse_open_routes, register_auth
from server.errors import register_errors
from server.headers import register_headers
from server.hooks import bounces, feedback
from server.hooks import sms as sms_hooks
from server.public import assets as public_assets
from server.public import confirm, following, preferences, unsubscribe
from server.public.paths import AnyPath
from server.speaking import register_language
from server.tracking import push
from server.tracking import routes as tracking
from server.wiring import EXTENSION, House

LARGEST_BODY: Final = 1024 * 1024
"""Of requests that set no limit of their own, in bytes."""
BLUEPRINTS: Final[Sequence[Blueprint]] = (
    tracking.blueprint,
    push.blueprint,
    sending_limits.blueprint,
    session.blueprint,
    keys.blueprint,
    notices.blueprint,
    queues.blueprint,
    clock.blueprint,
    mailbox.blueprint,
    messages.blueprint,
    journeys.blueprint,
    gallery.blueprint,
    previews.blueprint,
    templates.blueprint,
    starters.blueprint,
    assets.blueprint,
    public_assets.blueprint,
    letter_senders.blueprint,
    partials.blueprint,
    template_tests.blueprint,
    segments.blueprint,
    events.blueprint,
    users.blueprint,
    topics.blueprint,
    coupons.blueprint,
    fetch_sources.blueprint,
    endpoints.blueprint,
    accounts.blueprint,
    calls.blueprint,
    catalogs.blueprint,
    catalog_items.blueprint,
    instance.blueprint,
    audit.blueprint,
    overview.blueprint,
    broadcasts.blueprint,
    versions.blueprint,
    reports.blueprint,
    stream.blueprint,
    enrollments.blueprint,
    why.blueprint,
    simulations.blueprint,
    backfills.blueprint,
    lifecycle.blueprint,
    contacts.blueprint,
    contact_edits.blueprint,
    imports.blueprint,
    timeline.blueprint,
    conditions.blueprint,
    names.blueprint,
    questions.blueprint,
    records.blueprint,
    inbound.blueprint,
    deliverability.blueprint,
    feedback.blueprint,
    bounces.blueprint,
    texts.blueprint,
    sms_hooks.blueprint,
    unsubscribe.blueprint,
    confirm.blueprint,
    preferences.blueprint,
    public_pages.blueprint,
    consents.blueprint,
    following.blueprint,
    health.blueprint,
    openapi.blueprint,
    pages.blueprint,
)


def create_app(house: House, *, blueprints: Sequence[Blueprint] = ()) -> Flask:
    """Return the application.

    Args:
        house: what its routes work with.
        blueprints: more routes, such as the demo's shop.

    Raises:
        TypeError: a route says nothing of who may call it.
    """
    app = Flask("sojourn", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.url_map.converters["anything"] = AnyPath
    app.extensions[EXTENSION] = house
    register_auth(app)
    register_errors(app)
    register_headers(app)
    register_language(app)
    for blueprint in (*BLUEPRINTS, *blueprints):
        app.register_blueprint(blueprint)
    refuse_open_routes(app)
    if hops := house.settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app
