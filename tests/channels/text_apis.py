"""What Vonage and MessageBird answer, as their documentation shows it, well or badly."""

import json
from urllib.parse import parse_qsl

from tests.channels.servers import Response


def vonage(key, secret):
    """Vonage's SMS API; the recipient's last digits say which case it is."""

    def part(**said):
        return {"to": "15550000001", "network": "310090", "remaining-balance": "3.14"} | said

    def say(*parts):
        return Response(
            200, json.dumps({"message-count": str(len(parts)), "messages": list(parts)}).encode()
        )

    def refuse(status, words):
        return say({"status": str(status), "error-text": words})

    def answer(request):
        if (request.method, request.path) != ("POST", "/sms/json"):
            return Response(404, b"<html>")
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        if (form.get("api_key"), form.get("api_secret")) != (key, secret):
            return refuse(4, "Bad Credentials")
        sent = {"message-id": "0A" + form["to"], "status": "0", "message-price": "0.03330000"}
        match form["to"][-3:]:
            case "211":
                return refuse(7, f"Number barred: {form['to']}")
            case "006":
                return refuse(6, "Unroutable message - rejected")
            case "429":
                return refuse(1, "Throughput Rate Exceeded - please wait [ 250 ] and retry")
            case "005":
                return refuse(5, "Internal Error")
            case "023":
                return refuse(23, "Invalid Callback URL")
            case "029":
                return refuse(29, "Non White-listed Destination - rejected")
            case "009":
                return refuse(9, "Quota Exceeded - rejected")
            case "015":
                return refuse(15, "Illegal Sender Address - rejected")
            case "002":
                return say(part(**sent), part(**sent | {"message-id": "0B"}))
            case "103":
                return say(part(**sent), {"status": "1", "error-text": "Throughput Rate Exceeded"})
            case "503":
                return Response(503, b"<html>busy</html>", {"Retry-After": "7"})
        return say(part(**sent))

    return answer


def messagebird(key):
    """MessageBird's SMS API; the recipient's last digits say which case it is."""

    def refuse(status, code, words, parameter):
        body = {"errors": [{"code": code, "description": words, "parameter": parameter}]}
        return Response(status, json.dumps(body).encode())

    def answer(request):
        if request.headers.get("authorization") != f"AccessKey {key}":
            return refuse(401, 2, "Request not allowed (incorrect access_key)", "access_key")
        if (request.method, request.path) != ("POST", "/messages"):
            return refuse(404, 20, "message not found", None)
        asked = json.loads(request.body)
        (to,) = asked["recipients"]
        match to[-3:]:
            case "211":
                return refuse(422, 9, f"no (correct) recipients found: {to}", "recipients")
            case "010":
                return refuse(422, 10, "originator is invalid", "originator")
            case "011":
                return refuse(422, 10, "body is too long", "body")
            case "025":
                return refuse(422, 25, "Not enough balance", None)
            case "429":
                return Response(429, b"{}", {"Retry-After": "7"})
            case "503":
                return Response(503, b"<html>busy</html>")
        item = {
            "recipient": int(to),
            "status": "sent",
            "statusDatetime": "2026-03-01T12:00:00+00:00",
            "messagePartCount": 2 if to.endswith("002") else 1,
        }
        made = {
            "id": "e8077d80" + to.zfill(24),
            "href": f"https://rest.messagebird.com/messages/{to}",
            "direction": "mt",
            "type": "sms",
            "originator": asked["originator"],
            "body": asked["body"],
            "reference": asked["reference"],
            "recipients": {"totalCount": 1, "totalSentCount": 1, "items": [item]},
        }
        return Response(201, json.dumps(made).encode())

    return answer
