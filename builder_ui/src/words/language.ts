// The language of the interface, chosen once when the page loads; another one loads the page anew.
//
// Words stand beside the screen that says them: `const says = words({ en: {...}, de: {...} })`. A word that one
// language lacks does not compile, and a sentence with holes is a function, so that its holes have types.
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT = 'sojourn-language';

export const language: Language = readLanguage();

/** As which numbers and times are written: the browser's own way of this language, if it is its language. */
export const locale: string = (globalThis.navigator?.languages ?? []).find((one) => one.split('-')[0] === language) ?? language;

/** The words in the language of this page. */
export function words<Words>(all: { readonly en: Words; readonly de: NoInfer<Words> }): Words {
  return all[language];
}

/** What is said of so many: "1 day", "3 days". */
export function plural(n: number, one: string, other: string): string {
  return PLURALS.select(n) === 'one' ? one : other;
}

/** Shows everything in another language, from the next load on. */
export function chooseLanguage(next: Language): void {
  localStorage.setItem(KEPT, next);
  window.location.reload();
}

const PLURALS = new Intl.PluralRules(language);

function readLanguage(): Language {
  const kept = globalThis.localStorage?.getItem(KEPT);
  const wished = [kept, ...(globalThis.navigator?.languages ?? [])].map((one) => one?.split('-')[0]);
  return wished.find((one): one is Language => one !== undefined && Object.hasOwn(LANGUAGES, one)) ?? 'en';
}
