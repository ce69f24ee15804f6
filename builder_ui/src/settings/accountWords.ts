import { words } from '../words/language';

export const says = words({
  en: {
    channel: { email: 'E-mail', sms: 'SMS', push: 'Web push' } as Readonly<Record<string, string>>, kept: 'kept in the mailbox', keptMore: 'Nothing leaves this instance: messages are kept, and shown in the mailbox.',
    provider: 'Provider', variable: 'Variable', everything: 'carries everything', only: { marketing: 'carries marketing alone', transactional: 'carries transactional alone' } as Readonly<Record<string, string>>,
    weight: (n: string) => `weight ${n}`, rate: (n: string) => `at most ${n} a second`, warmUp: (carried: string, most: string) => `warming up: ${carried} of ${most} today`,
    states: { well: 'works', paused: 'paused', away: 'away', resting: 'resting', recovering: 'coming back', warmed_up_today: 'enough for today' },
    more: { well: '', paused: 'It carries nothing until somebody resumes it; other accounts take over where there are any.', away: 'It failed too often. It is tried now and then, and comes back by itself.', resting: 'It asked for time.', recovering: 'It was away, and gets more by and by.', warmed_up_today: 'It carried what it may on this day of its warm-up.' },
    until: (at: string) => `Until ${at}.`, why: (reason: string) => `Reason: ${reason}`,
    check: 'See whether it answers', reached: 'It takes connections. Whether it lets us in shows with the first letter.', unreached: (trouble: string) => `It takes no connections (${trouble}). Look at host, port and firewall.`,
    pause: 'Pause', pausedNow: 'The account is paused.', resume: 'Resume', resumed: 'The account carries again.',
  },
  de: {
    channel: { email: 'E-Mail', sms: 'SMS', push: 'Web-Push' } as Readonly<Record<string, string>>, kept: 'bleibt im Postfach', keptMore: 'Nichts verlässt diese Instanz: Nachrichten werden aufbewahrt und im Postfach gezeigt.',
    provider: 'Anbieter', variable: 'Variable', everything: 'befördert alles', only: { marketing: 'befördert nur Werbung', transactional: 'befördert nur Transaktionales' } as Readonly<Record<string, string>>,
    weight: (n: string) => `Gewicht ${n}`, rate: (n: string) => `höchstens ${n} je Sekunde`, warmUp: (carried: string, most: string) => `wird aufgewärmt: heute ${carried} von ${most}`,
    states: { well: 'arbeitet', paused: 'angehalten', away: 'nicht da', resting: 'ruht', recovering: 'kommt zurück', warmed_up_today: 'genug für heute' },
    more: { well: '', paused: 'Es befördert nichts, bis jemand es fortsetzt; andere Konten springen ein, wo es welche gibt.', away: 'Es scheiterte zu oft. Es wird ab und zu versucht und kommt von selbst zurück.', resting: 'Es hat um Zeit gebeten.', recovering: 'Es war nicht da und bekommt nach und nach mehr.', warmed_up_today: 'Es hat befördert, was es an diesem Tag des Aufwärmens darf.' },
    until: (at: string) => `Bis ${at}.`, why: (reason: string) => `Grund: ${reason}`,
    check: 'Sehen, ob er antwortet', reached: 'Er nimmt Verbindungen an. Ob er uns einlässt, zeigt der erste Brief.', unreached: (trouble: string) => `Er nimmt keine Verbindungen an (${trouble}). Sehen Sie nach Host, Port und Firewall.`,
    pause: 'Anhalten', pausedNow: 'Das Konto ist angehalten.', resume: 'Fortsetzen', resumed: 'Das Konto befördert wieder.',
  },
});
