import { words } from '../words/language';

export const says = words({
  en: {
    back: 'All endpoints', nowhere: 'There is no such endpoint.', more: 'Every call of journeys to it, what it answered, and how calls are signed.', keptInMailbox: 'kept in the mailbox', cancel: 'Cancel', close: 'Close',
    states: { working: 'working', resting: 'resting', disabled: 'disabled' } as Readonly<Record<string, string>>,
    gone: (at: string) => `It answered 410 Gone on ${at}: it asks for no more calls. Calls are held, and fail after 90 hours.`,
    failing: (at: string) => `It had taken no call for 14 days and was disabled on ${at}. Calls are held, and fail after 90 hours.`,
    resting: (at: string) => `Its calls have failed since ${at}. Until it answers again it gets one call every 30 seconds; the others wait, and lose no try.`,
    enable: 'Enable', tryNow: 'Call it again now', enabled: 'Calls go to it again.', waiting: 'waiting', failed: 'failed',
    secret: 'Signing secret', since: (at: string) => `since ${at}`, until: (at: string) => `signs as well until ${at}`, oldOne: 'The one before', newSecret: 'New secret', endOld: 'End the old one', ended: 'Calls are signed with the new secret alone.',
    rotateMore: 'Calls are signed with the new secret at once. As long as you choose, they carry a second signature made with the old one, so that the receiver can change over without losing a call.', keep: 'Keep the old secret', keeps: { '0': 'not at all', '1': 'for an hour', '24': 'for 24 hours', '72': 'for 3 days', '168': 'for 7 days' } as Readonly<Record<string, string>>, endsOther: 'The secret before that ends now.',
    calls: 'Calls', fate: 'Which calls', all: 'All', onlyFailed: 'Failed', onlyGood: 'Succeeded', when: 'When', from: 'From', answered: 'Answer', took: 'Took', attempt: 'Try', nextTry: 'Next try', noNext: 'none', of: (one: string, all: string) => `${one} of ${all}`, silent: 'no answer',
    none: 'No calls yet', noneMore: 'Calls of the last 30 days are listed here: when, what was sent, and what came back.', noneOfThese: 'No such calls', noneOfTheseMore: 'Choose others, or wait for the next.',
    replay: 'Replay', replayed: 'It is on its way again.', replayFailed: 'Replay failed calls', replayMore: 'Every call that failed for good and was intended since then is made once more. The receiver knows repetitions by their webhook-id.', sinceWhen: 'Since', spans: { '1': 'the last hour', '24': 'the last 24 hours', '168': 'the last 7 days', '720': 'the last 30 days' } as Readonly<Record<string, string>>,
    putBack: (count: string) => `${count} calls are on their way again.`, soFar: (count: string) => `${count} so far …`, call: 'Call', look: (at: string) => `Look at the call of ${at}`, request: 'What was sent', answer: 'What came back', noBody: 'no body', noAnswer: 'nothing', forgotten: 'no headers: nothing left', message: 'Everything about this call', hidden: 'Values of the endpoint’s own headers are hidden.',
  },
  de: {
    back: 'Alle Endpunkte', nowhere: 'Diesen Endpunkt gibt es nicht.', more: 'Jeder Aufruf von Journeys an ihn, was er geantwortet hat, und wie Aufrufe signiert werden.', keptInMailbox: 'bleibt im Postfach', cancel: 'Abbrechen', close: 'Schließen',
    states: { working: 'arbeitet', resting: 'ruht', disabled: 'abgeschaltet' } as Readonly<Record<string, string>>,
    gone: (at: string) => `Er hat am ${at} mit 410 Gone geantwortet: Er möchte keine Aufrufe mehr. Aufrufe werden zurückgehalten und scheitern nach 90 Stunden.`,
    failing: (at: string) => `Er hatte 14 Tage lang keinen Aufruf angenommen und wurde am ${at} abgeschaltet. Aufrufe werden zurückgehalten und scheitern nach 90 Stunden.`,
    resting: (at: string) => `Seine Aufrufe scheitern seit ${at}. Bis er wieder antwortet, bekommt er alle 30 Sekunden einen; die anderen warten und verlieren keinen Versuch.`,
    enable: 'Einschalten', tryNow: 'Jetzt wieder aufrufen', enabled: 'Es gehen wieder Aufrufe an ihn.', waiting: 'warten', failed: 'gescheitert',
    secret: 'Geheimnis für Signaturen', since: (at: string) => `seit ${at}`, until: (at: string) => `signiert mit bis ${at}`, oldOne: 'Das vorige', newSecret: 'Neues Geheimnis', endOld: 'Das alte beenden', ended: 'Aufrufe werden nur noch mit dem neuen Geheimnis signiert.',
    rotateMore: 'Aufrufe werden sofort mit dem neuen Geheimnis signiert. So lange, wie Sie wählen, tragen sie eine zweite Signatur mit dem alten, damit der Empfänger umstellen kann, ohne einen Aufruf zu verlieren.', keep: 'Das alte Geheimnis behalten', keeps: { '0': 'gar nicht', '1': 'eine Stunde', '24': '24 Stunden', '72': '3 Tage', '168': '7 Tage' } as Readonly<Record<string, string>>, endsOther: 'Das Geheimnis davor endet jetzt.',
    calls: 'Aufrufe', fate: 'Welche Aufrufe', all: 'Alle', onlyFailed: 'Gescheitert', onlyGood: 'Gelungen', when: 'Wann', from: 'Von', answered: 'Antwort', took: 'Dauer', attempt: 'Versuch', nextTry: 'Nächster Versuch', noNext: 'keiner', of: (one: string, all: string) => `${one} von ${all}`, silent: 'keine Antwort',
    none: 'Noch keine Aufrufe', noneMore: 'Hier stehen die Aufrufe der letzten 30 Tage: wann, was gesendet wurde, und was zurückkam.', noneOfThese: 'Keine solchen Aufrufe', noneOfTheseMore: 'Wählen Sie andere, oder warten Sie auf den nächsten.',
    replay: 'Wiederholen', replayed: 'Er ist wieder unterwegs.', replayFailed: 'Gescheiterte wiederholen', replayMore: 'Jeder endgültig gescheiterte Aufruf, der seitdem beabsichtigt war, wird noch einmal gemacht. Der Empfänger erkennt Wiederholungen an ihrer webhook-id.', sinceWhen: 'Seit', spans: { '1': 'der letzten Stunde', '24': 'den letzten 24 Stunden', '168': 'den letzten 7 Tagen', '720': 'den letzten 30 Tagen' } as Readonly<Record<string, string>>,
    putBack: (count: string) => `${count} Aufrufe sind wieder unterwegs.`, soFar: (count: string) => `bisher ${count} …`, call: 'Aufruf', look: (at: string) => `Aufruf vom ${at} ansehen`, request: 'Was gesendet wurde', answer: 'Was zurückkam', noBody: 'kein Inhalt', noAnswer: 'nichts', forgotten: 'keine Kopfzeilen: Es ging nichts hinaus', message: 'Alles zu diesem Aufruf', hidden: 'Werte der eigenen Kopfzeilen des Endpunkts sind verborgen.',
  },
});
