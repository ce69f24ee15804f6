"""E-mail providers as their documentation shows them; the recipient's name says which case it is.

Of each: `answer(request)` for `tests.channels.servers.http_server`.
"""

import json
import re
from base64 import b64encode
from uuid import uuid4

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.channels.servers import Response


def said(status, body, **headers):
    return Response(status, json.dumps(body).encode(), headers)


def is_signed_by(request, key_id, secret, region):
    """Whether Amazon's own library finds the signature right."""
    again = AWSRequest(
        method=request.method,
        url=f"http://{request.headers['host']}{request.path}",
        headers={
            "Content-Type": request.headers["content-type"],
            "X-Amz-Date": request.headers["x-amz-date"],
        },
        data=request.body,
    )
    again.context["timestamp"] = request.headers["x-amz-date"]
    auth = SigV4Auth(Credentials(key_id, secret), "ses", region)
    content = auth.string_to_sign(again, auth.canonical_request(again))
    right = auth.signature(content, again)
    scope = f"Credential={auth.scope(again)}"
    given = request.headers.get("authorization", "")
    return scope in given and given.endswith(f"Signature={right}")


def ses(key_id, secret, region="eu-central-1"):
    """SendEmail of API v2: docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html."""

    def refuse(status, kind, message):
        return said(status, {"message": message}, **{"x-amzn-ErrorType": f"{kind}:http://x/"})

    def answer(request):
        if not is_signed_by(request, key_id, secret, region):
            return refuse(403, "InvalidSignatureException", "The request signature does not match")
        if request.path != "/v2/email/outbound-emails":
            return refuse(404, "NotFoundException", "Not found")
        address = json.loads(request.body)["Destination"]["ToAddresses"][0]
        match address.partition("@")[0]:
            case "permanent":
                return refuse(400, "BadRequestException", f"Invalid address: {address}")
            case "unverified":
                words = f"Email address is not verified: {address}"
                return refuse(400, "MessageRejected", words)
            case "suspended":
                return refuse(400, "AccountSuspendedException", "suspended")
            case "expired":  # our clock is wrong: of the errors common to Amazon's services
                return refuse(400, "RequestExpired", "Request timestamp is too skewed")
            case "forbidden":
                return refuse(400, "NotAuthorized", "You do not have permission")
            case "temporary":
                return refuse(429, "TooManyRequestsException", "Maximum sending rate exceeded.")
            case "limit":
                return refuse(400, "LimitExceededException", "Daily message quota exceeded.")
        return said(200, {"MessageId": f"0107{uuid4()}-000000"})

    return answer


def sendgrid(key):
    """Mail Send of v3: www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send."""

    def refuse(status, message, field=None, **headers):
        error = {"message": message, "field": field, "help": None}
        return said(status, {"errors": [error]}, **headers)

    def answer(request):
        if request.headers.get("authorization") != f"Bearer {key}":
            return refuse(401, "The provided authorization grant is invalid, expired, or revoked")
        asked = json.loads(request.body)
        address = asked["personalizations"][0]["to"][0]["email"]
        match address.partition("@")[0]:
            case "permanent" | "dead":
                words = "Does not contain a valid address."
                return refuse(400, words, "personalizations.0.to.0.email")
            case "unverified":
                words = "The from address does not match a verified Sender Identity."
                return refuse(403, words, "from")
            case "temporary":
                return refuse(429, "too many requests", **{"X-RateLimit-Reset": "1772366410"})
        return Response(202, b"", {"X-Message-Id": uuid4().hex[:22], "Content-Type": "text/plain"})

    return answer


def mailgun(key, domain):
    """messages.mime: documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages."""
    login = "Basic " + b64encode(f"api:{key}".encode()).decode()

    def answer(request):
        if request.headers.get("authorization") != login:
            return Response(401, b"Forbidden", {"Content-Type": "text/plain"})
        if request.path != f"/v3/{domain}/messages.mime":
            return said(404, {"message": "Domain not found: other.example"})
        to = re.search(rb'name="to"\r\n\r\n([^\r]*)\r\n', request.body)[1].decode()
        match to.partition("@")[0]:
            case "permanent" | "dead":
                words = f"'to' parameter is not a valid address. please check documentation: {to}"
                return said(400, {"message": words})
            case "unverified":
                words = (
                    "Domain shop.example is not allowed to send: Sandbox subdomains are for test"
                )
                return said(403, {"message": words})
            case "temporary":
                return said(429, {"message": "Too many requests"}, **{"Retry-After": "7"})
            case "limit":  # as users of it show: github.com/mailgun/mailgun-java/issues/50
                words = (
                    "Domain shop.example is not allowed to send: recipient limit exceeded, "
                    "try again after Sun, 01 Mar 2026 12:00:31 UTC"
                )
                return said(420, {"message": words})
        own = re.search(rb"Message-ID:\s*(<[^>]+>)", request.body)[1].decode()
        return said(200, {"id": own, "message": "Queued. Thank you."})

    return answer


def postmark(token):
    """POST /email: postmarkapp.com/developer/api/email-api, …/api/overview#error-codes."""

    def refuse(status, number, message):
        return said(status, {"ErrorCode": number, "Message": message})

    def answer(request):
        if request.headers.get("x-postmark-server-token") != token:
            return refuse(401, 10, "No Account or Server API tokens were supplied")
        to = json.loads(request.body)["To"]
        match to.partition("@")[0]:
            case "permanent" | "dead":
                words = "You tried to send to a recipient that has been marked as inactive."
                return refuse(422, 406, f"{words} Found inactive addresses: {to}.")
            case "unverified":
                return refuse(422, 400, "The 'From' address is not a Sender Signature")
            case "stream":
                return refuse(422, 1235, "The 'MessageStream' provided does not exist.")
            case "temporary":
                response = refuse(429, 429, "Rate limit exceeded")
                response.headers["Retry-After"] = "7"
                return response
            case "limit":
                return refuse(422, 100, "Maintenance")
        own = {"To": to, "SubmittedAt": "2014-02-17T07:25:01.4178645-05:00"}
        return said(200, {**own, "MessageID": str(uuid4()), "ErrorCode": 0, "Message": "OK"})

    return answer


def resend(key):
    """POST /emails: resend.com/docs/api-reference/emails/send-email, …/api-reference/errors."""
    answered = {}

    def refuse(status, name, message, **headers):
        return said(status, {"statusCode": status, "message": message, "name": name}, **headers)

    def answer(request):
        if request.headers.get("authorization") != f"Bearer {key}":
            return refuse(401, "validation_error", f"API key is invalid: {key}")
        to = json.loads(request.body)["to"][0]
        match to.partition("@")[0]:
            case "permanent":
                return refuse(422, "validation_error", f"Invalid attachment for {to}")
            case "dead":
                return refuse(422, "validation_error", "Invalid `to` field.")
            case "unverified":
                return refuse(403, "validation_error", "The shop.example domain is not verified.")
            case "temporary":
                return refuse(429, "rate_limit_exceeded", "Too many", **{"Retry-After": "7"})
            case "limit":
                return refuse(429, "daily_quota_exceeded", "You have reached your daily quota.")
            case "running":
                return refuse(409, "concurrent_idempotent_requests", "Same idempotency key used")
        own = request.headers["idempotency-key"]
        return said(200, {"id": answered.setdefault(own, str(uuid4()))})

    return answer
