"""The words of the public pages, in the language that a reader's browser asks for."""

from typing import Final

from flask import request

LANGUAGES: Final = ("en", "de")
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "unsubscribe": ("Unsubscribe", "Abmelden"),
    "unsubscribe_from": ("Unsubscribe from “{}”?", "Von „{}“ abmelden?"),
    "unsubscribe_more_email": (
        "You will get no more letters about it. Letters about your own orders and your account are not touched by this.",
        "Sie erhalten dazu keine Briefe mehr. Briefe zu Ihren Bestellungen und Ihrem Konto betrifft das nicht.",
    ),
    "unsubscribe_more_sms": (
        "You will get no more texts about it. Texts about your own orders and your account are not touched by this.",
        "Sie erhalten dazu keine SMS mehr. SMS zu Ihren Bestellungen und Ihrem Konto betrifft das nicht.",
    ),
    "unsubscribed": ("You are unsubscribed", "Sie sind abgemeldet"),
    "unsubscribed_email": (
        "From now on you get no more letters about “{}”. You can close this page.",
        "Ab jetzt erhalten Sie keine Briefe mehr zu „{}“. Sie können diese Seite schließen.",
    ),
    "unsubscribed_sms": (
        "From now on you get no more texts about “{}”. You can close this page.",
        "Ab jetzt erhalten Sie keine SMS mehr zu „{}“. Sie können diese Seite schließen.",
    ),
    "to_choices": ("Choose what you get", "Auswählen, was Sie erhalten"),
    "broken": ("This link does not work", "Dieser Link funktioniert nicht"),
    "broken_more": (
        "It may have been cut off. Open it again from the letter, whole.",
        "Vielleicht ist er abgeschnitten. Öffnen Sie ihn noch einmal vollständig aus dem Brief.",
    ),
    "leaving": ("Leaving", "Weiter"),
    "leads_to": ("This link leads to {}", "Dieser Link führt zu {}"),
    "leads_more": (
        "Go on only if you expected that.",
        "Gehen Sie nur weiter, wenn Sie das erwartet haben.",
    ),
    "go_on": ("Go on to {}", "Weiter zu {}"),
    "gone": ("No longer here", "Nicht mehr da"),
    "not_kept": ("This letter is not kept", "Dieser Brief ist nicht aufbewahrt"),
    "not_kept_more": (
        "You find it where it was sent to: in your mailbox.",
        "Sie finden ihn dort, wohin er ging: in Ihrem Postfach.",
    ),
    "erased": ("This link leads nowhere any more", "Dieser Link führt nirgendwohin mehr"),
    "erased_more": (
        "What it led to has since been erased, with the personal data it was part of. Look on the sender's own site.",
        "Wohin er führte, ist inzwischen auf Wunsch gelöscht, mit den persönlichen Daten, zu denen es gehörte. Sehen Sie direkt beim Absender nach.",
    ),
    "confirm": ("Confirm your address", "Adresse bestätigen"),
    "confirm_ask": ("Shall we send you “{}”?", "Dürfen wir Ihnen „{}“ schicken?"),
    "confirm_more": (
        "Confirm that this address is yours. You can leave again at any time, by the link in each letter.",
        "Bestätigen Sie, dass diese Adresse Ihnen gehört. Sie können sich jederzeit über den Link in jedem Brief wieder abmelden.",
    ),
    "confirm_yes": ("Yes, it is mine", "Ja, das ist meine"),
    "confirmed": ("Thank you, that is confirmed", "Danke, das ist bestätigt"),
    "confirmed_more": (
        "From now on you get “{}”. You can close this page.",
        "Ab jetzt erhalten Sie „{}“. Sie können diese Seite schließen.",
    ),
    "confirm_broken": (
        "It may be too old or have been cut off. Open it again from the letter, whole, or sign up once more.",
        "Vielleicht ist er zu alt oder abgeschnitten. Öffnen Sie ihn noch einmal vollständig aus dem Brief, oder melden Sie sich erneut an.",
    ),
    "choices": ("What would you like to get?", "Was möchten Sie erhalten?"),
    "choices_title": ("Your choices", "Ihre Auswahl"),
    "choices_more": (
        "Choose the topics. Messages about your own orders and your account come in any case.",
        "Wählen Sie die Themen. Nachrichten zu Ihren Bestellungen und Ihrem Konto kommen auf jeden Fall.",
    ),
    "no_topics": ("There are no topics to choose.", "Es gibt keine Themen zur Auswahl."),
    "no_address": ("We have no address of yours.", "Wir haben keine Adresse von Ihnen."),
    "email": ("E-mail", "E-Mail"),
    "sms": ("SMS", "SMS"),
    "push": ("Notifications", "Mitteilungen"),
    "pending": (
        "Waits for you to confirm it by the link in our letter, or by saving here.",
        "Wartet auf Ihre Bestätigung über den Link in unserem Brief oder durch Speichern hier.",
    ),
    "save": ("Save choices", "Auswahl speichern"),
    "saved": ("Your choices are saved.", "Ihre Auswahl ist gespeichert."),
    "pause": ("A rest from everything", "Eine Pause von allem"),
    "pause_more": (
        "Your choices stay. What would come meanwhile is left out, not sent later.",
        "Ihre Auswahl bleibt. Was inzwischen käme, entfällt und wird nicht nachgeholt.",
    ),
    "pause_days": ("Pause for", "Pausieren für"),
    "days": ("{} days", "{} Tage"),
    "pause_do": ("Pause", "Pausieren"),
    "paused": (
        "You get nothing until {}; messages about your orders and your account excepted.",
        "Bis {} erhalten Sie nichts, außer Nachrichten zu Ihren Bestellungen und Ihrem Konto.",
    ),
    "resume": ("End the pause", "Pause beenden"),
    "resumed": ("The pause is over.", "Die Pause ist beendet."),
    "leave": ("Nothing more", "Nichts mehr"),
    "leave_more": (
        "Ends every topic, also those that we begin one day.",
        "Beendet alle Themen, auch solche, die wir später beginnen.",
    ),
    "leave_do": ("Unsubscribe from everything", "Von allem abmelden"),
    "left": ("You are unsubscribed from everything.", "Sie sind von allem abgemeldet."),
}


def choose_language() -> str:
    """Return the language of this request's page."""
    return request.accept_languages.best_match(LANGUAGES, default="en")


def get_words(language: str) -> dict[str, str]:
    """Return all words in one language."""
    return {key: both[LANGUAGES.index(language)] for key, both in _WORDS.items()}
