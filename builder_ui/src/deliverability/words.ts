import { words } from '../words/language';

type Names = Readonly<Record<string, string>>;

export const says = words({
  en: {
    title: 'Deliverability', more: (days: string) => `What became of the letters of the last ${days} days, and what hinders them.`,
    marketing: 'Marketing by e-mail', goesOn: 'goes on', held: 'held back', resume: 'Let it go on', resumed: 'Marketing goes on; its figures begin anew.',
    figures: (sends: string, bounces: string, complaints: string) => `Of the last ${sends} letters ${bounces} came back, and ${complaints} were called spam.`,
    heldMore: (since: string) => `Held back since ${since}. Nothing is lost: the letters wait, and what people asked for themselves goes on. Mend the cause before you let it go on.`,
    limits: 'It is held back at 5 of 100 letters that come back, or 1 of 1,000 called spam, of the last 1,000 (of at least 100).', ask: 'A publisher can let it go on.',
    domains: 'By recipients’ domains', all: 'All domains', domain: 'Domain', sent: 'Sent', delivered: 'Delivered', bounced: 'Came back', complained: 'Called spam', kinds: (hard: string, soft: string, policy: string) => `${hard} no such address · ${soft} not now · ${policy} refused us`,
    nothing: 'Nothing sent yet', nothingMore: 'As soon as a provider takes letters, what becomes of them is counted here, domain by domain.',
    senders: 'Records of the senders’ domains', check: 'Check now', neverChecked: 'never checked', good: 'proved', bad: 'not proved', checkedAt: (at: string) => `checked ${at}`, checked: 'The records were looked up.', found: 'Found', wanted: 'To publish (TXT)', byCarrier: 'Your carrier names this record.', onlyOne: 'Several count as none: keep one, and take the others away.', states: { good: 'good', missing: 'missing', wrong: 'wrong', unknown: 'no answer' } as Names,
    refusals: 'Last refusals', noRefusals: 'None of the letters came back.', bounces: { hard: 'no such address', soft: 'not now', policy: 'refused us' } as Names,
    sources: 'Who tells us', noSources: 'No provider may tell us anything yet: set SOJOURN_FEEDBACK_SECRETS, and give your provider this address:', heard: (at: string) => `heard ${at}`, never: 'never heard', taken: (n: string) => `${n} counted`, strays: (n: string) => `${n} of no letter of ours`, account: 'ACCOUNT',
  },
  de: {
    title: 'Zustellbarkeit', more: (days: string) => `Was aus den Briefen der letzten ${days} Tage wurde, und was sie hindert.`,
    marketing: 'Marketing per E-Mail', goesOn: 'läuft', held: 'zurückgehalten', resume: 'Weiterlaufen lassen', resumed: 'Das Marketing läuft weiter; gezählt wird von vorn.',
    figures: (sends: string, bounces: string, complaints: string) => `Von den letzten ${sends} Briefen kamen ${bounces} zurück, und ${complaints} wurden als Spam gemeldet.`,
    heldMore: (since: string) => `Zurückgehalten seit ${since}. Nichts ist verloren: Die Briefe warten, und was Menschen selbst angefordert haben, geht weiter hinaus. Beheben Sie die Ursache, bevor Sie es weiterlaufen lassen.`,
    limits: 'Zurückgehalten wird bei 5 von 100 Briefen, die zurückkommen, oder 1 von 1.000, der als Spam gemeldet wird, unter den letzten 1.000 (ab 100).', ask: 'Wer veröffentlichen darf, kann es weiterlaufen lassen.',
    domains: 'Nach Domains der Empfänger', all: 'Alle Domains', domain: 'Domain', sent: 'Gesendet', delivered: 'Zugestellt', bounced: 'Zurück', complained: 'Als Spam gemeldet', kinds: (hard: string, soft: string, policy: string) => `${hard} keine solche Adresse · ${soft} gerade nicht · ${policy} lehnt uns ab`,
    nothing: 'Noch nichts gesendet', nothingMore: 'Sobald ein Anbieter Briefe annimmt, wird hier Domain für Domain gezählt, was aus ihnen wird.',
    senders: 'Einträge der Absenderdomains', check: 'Jetzt prüfen', neverChecked: 'nie geprüft', good: 'belegt', bad: 'nicht belegt', checkedAt: (at: string) => `geprüft ${at}`, checked: 'Die Einträge wurden abgefragt.', found: 'Gefunden', wanted: 'Zu veröffentlichen (TXT)', byCarrier: 'Diesen Eintrag nennt Ihnen Ihr Versanddienst.', onlyOne: 'Mehrere zählen wie keiner: Behalten Sie einen, und nehmen Sie die anderen weg.', states: { good: 'gut', missing: 'fehlt', wrong: 'falsch', unknown: 'keine Antwort' },
    refusals: 'Letzte Ablehnungen', noRefusals: 'Keiner der Briefe kam zurück.', bounces: { hard: 'keine solche Adresse', soft: 'gerade nicht', policy: 'lehnt uns ab' },
    sources: 'Wer uns Bescheid gibt', noSources: 'Noch darf uns kein Anbieter Bescheid geben: Setzen Sie SOJOURN_FEEDBACK_SECRETS, und nennen Sie Ihrem Anbieter diese Adresse:', heard: (at: string) => `gehört ${at}`, never: 'nie gehört', taken: (n: string) => `${n} gezählt`, strays: (n: string) => `${n} zu keinem unserer Briefe`, account: 'KONTO',
  },
});
