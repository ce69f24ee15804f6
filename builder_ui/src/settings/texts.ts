import { locale, words } from '../words/language';

export type Kind = 'stop' | 'start' | 'help';
export type Answered = Readonly<Record<string, Readonly<Record<Kind, string>>>>;
export const KINDS: readonly Kind[] = ['stop', 'start', 'help'];

export const says = words({
  en: {
    more: 'Whoever answers a text with STOP gets no more of them, at once and from every journey. Here stands what is answered.',
    answers: 'Answer STOP, START and HELP', answersMore: 'Off where your provider answers them itself, as Twilio does unless you told it otherwise: one confirmation is all that the law allows.',
    brand: 'Brand', brandMore: 'It stands for {brand} in the answers; empty: the name of the sender of letters.',
    kinds: { stop: 'To STOP', start: 'To START', help: 'To HELP' }, language: 'Another language', languageMore: 'Its tag, such as fr or pt-BR.', add: 'Add', remove: (name: string) => `Remove ${name}`,
    stops: 'Further words that opt out', stopsMore: 'Besides STOP, QUIT, END, REVOKE, OPT OUT, CANCEL and UNSUBSCRIBE, which always do. What is only perhaps meant so is put before you as a notice.', save: 'Save', saved: 'It is answered like this from now on.',
  },
  de: {
    more: 'Wer auf eine SMS mit STOP antwortet, erhält sofort keine mehr, aus keiner Journey. Hier steht, was geantwortet wird.',
    answers: 'Auf STOP, START und HELP antworten', answersMore: 'Aus, wo Ihr Provider selbst antwortet, wie Twilio, wenn Sie ihm nichts anderes gesagt haben: Mehr als eine Bestätigung erlaubt das Recht nicht.',
    brand: 'Marke', brandMore: 'Sie steht für {brand} in den Antworten; leer: der Name des Absenders der Briefe.',
    kinds: { stop: 'Auf STOP', start: 'Auf START', help: 'Auf HELP' }, language: 'Weitere Sprache', languageMore: 'Ihr Kürzel, etwa fr oder pt-BR.', add: 'Hinzufügen', remove: (name: string) => `${name} entfernen`,
    stops: 'Weitere Wörter, die abmelden', stopsMore: 'Außer STOP, QUIT, END, REVOKE, OPT OUT, CANCEL und UNSUBSCRIBE, die es immer tun. Was nur vielleicht so gemeint ist, wird Ihnen als Hinweis vorgelegt.', save: 'Speichern', saved: 'So wird von jetzt an geantwortet.',
  },
});

/** A language by its name, as the reader calls it. */
export function nameLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The answers with one language more; null: it is no tag, or there already. */
export function addLanguage(all: Answered, typed: string): Answered | null {
  try {
    const [tag] = Intl.getCanonicalLocales(typed.trim());
    return tag === undefined || tag in all ? null : { ...all, [tag]: { stop: '', start: '', help: '' } };
  } catch {
    return null;
  }
}
