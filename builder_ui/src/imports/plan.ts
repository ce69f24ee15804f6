// What the columns of a file are: guessed from their headings and first cells, and what is still to be said.
export type What = 'email' | 'phone' | 'user_id' | 'attribute' | 'consent' | 'chosen_at' | 'proof' | 'ignored';
export type ValueKind = 'text' | 'number' | 'comma' | 'boolean' | 'date';
export type Column = {
  readonly what: What;
  readonly name: string;
  readonly kind: ValueKind;
  readonly topic: string;
  readonly channel: 'email' | 'sms' | null;
};
export type Because = 'imported' | 'hard_bounce' | 'complained';
export type Plan = {
  readonly mode: 'contacts' | 'suppressions';
  readonly columns: readonly Column[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly chosen_at: string;
  readonly proof: string;
  readonly because: Because;
};
export type Lack = 'whom' | 'twice' | 'name' | 'topic' | 'yes' | 'both' | 'proof' | 'address';
type Topic = { readonly key: string; readonly name: string };
export type Known = { readonly topics: readonly Topic[]; readonly attributes: readonly string[] };

const list = (text: string) => new Set(text.split(' '));
const EMAIL = list('email emailaddress emailaddresse emailadresse mail mailadresse mailaddress address recipient emailprivat useremail');
const PHONE = list('phone phonenumber mobile mobilephone mobilenumber cell cellphone telephone telefon telefonnummer telefonnr tel handy handynummer handynr mobil mobilnummer mobiltelefon rufnummer sms smsphone');
const USER = list('id userid externalid customerid customernumber customerno clientid contactid kundennummer kundennr kundenid benutzerid nutzerid mitgliedsnummer externekennung');
const NAMES: Readonly<Record<string, string>> = {
  firstname: 'first_name', givenname: 'first_name', vorname: 'first_name', lastname: 'last_name', surname: 'last_name', familyname: 'last_name', nachname: 'last_name', familienname: 'last_name',
  city: 'city', town: 'city', stadt: 'city', ort: 'city', wohnort: 'city', country: 'country', land: 'country', zip: 'zip', zipcode: 'zip', postcode: 'zip', postalcode: 'zip', plz: 'zip', postleitzahl: 'zip',
  street: 'street', strasse: 'street', birthday: 'birthday', birthdate: 'birthday', dateofbirth: 'birthday', geburtstag: 'birthday', geburtsdatum: 'birthday', timezone: 'timezone', zeitzone: 'timezone',
  language: 'language', sprache: 'language', company: 'company', firma: 'company', unternehmen: 'company', gender: 'gender', geschlecht: 'gender', salutation: 'salutation', anrede: 'salutation',
};
const CONSENT = /consent|optin|newsletter|einwilligung|zustimmung|subscri|abonn|werbung|marketing|emailstatus|acceptsmarketing/;
const CHOSEN = /^(optin|confirm|subscribed|consent|signup|newsletter|einwilligung|zustimmung|anmelde|angemeldet)\w*(at|time|date|am|datum|zeit|zeitpunkt|since|seit)$|^(seit|since|optintime|confirmtime)$/;
const PROOF = /^(optin|consent|signup|einwilligungs?|anmelde)\w*(source|proof|quelle|nachweis|ip)$|^(quelle|source|nachweis|proof|herkunft)$/;
const YES_NO = list('yes no true false ja nein wahr falsch');
/** What counts as yes and no to begin with. */
export const YES = ['yes', 'true', '1', 'subscribed', 'y', 'ja', 'x', 'angemeldet'];
export const NO = ['no', 'false', '0', 'unsubscribed', 'n', 'nein', 'abgemeldet'];
const ADDRESSES = new Set<What>(['email', 'phone']);
const WHOM = new Set<What>(['email', 'phone', 'user_id']);

/** What the columns most likely are. */
export function guessPlan(header: readonly string[], sample: readonly (readonly string[])[], known: Known): Plan {
  const plain = header.map(fold);
  const consents = plain.map((name) => findTopic(name, known.topics));
  const hasConsent = consents.some((topic, place) => topic !== null && !CHOSEN.test(plain[place] ?? '') && !PROOF.test(plain[place] ?? ''));
  const taken = new Set<string>();
  const columns = header.map((heading, place) => {
    const guessed = guessColumn(heading, plain[place] ?? '', sample.map((row) => (row[place] ?? '').trim()).filter(Boolean), consents[place] ?? null, hasConsent, known.attributes);
    const id = nameColumn(guessed);
    if (guessed.what !== 'ignored' && taken.has(id)) return column('ignored');
    taken.add(id);
    return guessed;
  });
  return { mode: 'contacts', columns, yes: YES, no: NO, chosen_at: '', proof: '', because: 'imported' };
}

/** What is still to be said before the file can be checked. */
export function findLack({ mode, columns, yes, no, proof }: Plan): Lack | null {
  if (mode === 'suppressions') return columns.some(({ what }) => ADDRESSES.has(what)) ? null : 'address';
  const used = columns.filter(({ what }) => what !== 'ignored');
  if (used.some(({ what, name }) => what === 'attribute' && !name.trim())) return 'name';
  if (used.some(({ what, topic }) => what === 'consent' && !topic)) return 'topic';
  if (!used.some(({ what, name }) => WHOM.has(what) || (what === 'attribute' && ['email', 'phone'].includes(name.trim())))) return 'whom';
  if (new Set(used.map(nameColumn)).size < used.length) return 'twice';
  if (!used.some(({ what }) => what === 'consent')) return null;
  const said = new Set(no.map((word) => word.trim().toLowerCase()));
  if (yes.length === 0) return 'yes';
  if (yes.some((word) => said.has(word.trim().toLowerCase()))) return 'both';
  return proof.trim() || used.some(({ what }) => what === 'proof') ? null : 'proof';
}

/** The plan as it is sent: of a list of addresses only these count. */
export function tidyPlan(plan: Plan): Plan {
  if (plan.mode === 'contacts') return { ...plan, columns: plan.columns.map((one) => ({ ...one, name: one.what === 'attribute' ? one.name.trim() : '', topic: one.what === 'consent' ? one.topic : '' })) };
  return { ...plan, yes: [], no: [], chosen_at: '', proof: '', columns: plan.columns.map(({ what }) => column(ADDRESSES.has(what) ? what : 'ignored')) };
}

/** A column that is this, and of which nothing else is said yet. */
export function column(what: What, rest: Partial<Column> = {}): Column {
  return { what, name: '', kind: 'text', topic: '', channel: null, ...rest };
}

/** A heading as the name of an attribute: "Letzter Kauf" is `letzter_kauf`. */
export function nameAttribute(heading: string): string {
  return spell(heading).replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '').slice(0, 64);
}

/** What the cells of a column look like. A number that begins with 0, such as a postcode, is text. */
export function guessKind(cells: readonly string[]): ValueKind {
  const all = (pattern: RegExp) => cells.length > 0 && cells.every((cell) => pattern.test(cell));
  if (all(/^(\d{4}-\d\d-\d\d([T ].*)?|\d{1,2}\.\d{1,2}\.\d{4})$/)) return 'date';
  if (cells.length > 0 && cells.every((cell) => YES_NO.has(cell.toLowerCase()))) return 'boolean';
  if (cells.some((cell) => /^-?0\d/.test(cell))) return 'text';
  if (all(/^-?\d{1,15}(\.\d{1,15})?$/)) return cells.some((cell) => cell.includes('.')) && all(/^-?\d{1,3}(\.\d{3})+$/) ? 'comma' : 'number';
  if (all(/^-?(\d{1,15}|\d{1,3}(\.\d{3})+)(,\d{1,15})?$/)) return 'comma';
  return 'text';
}

function guessColumn(heading: string, plain: string, cells: readonly string[], topic: string | null, hasConsent: boolean, attributes: readonly string[]): Column {
  if (!plain) return column('ignored');
  if (EMAIL.has(plain)) return column('email');
  if (PHONE.has(plain)) return column('phone');
  if (USER.has(plain)) return column('user_id');
  if (hasConsent && CHOSEN.test(plain)) return column('chosen_at');
  if (hasConsent && PROOF.test(plain)) return column('proof');
  if (topic !== null) return column('consent', { topic, channel: /sms|text|mobil|handy/.test(plain) ? 'sms' : 'email' });
  const name = attributes.find((one) => fold(one) === plain) ?? NAMES[plain] ?? nameAttribute(heading);
  const kind = name === 'zip' || name === 'timezone' ? 'text' : guessKind(cells);
  return name ? column('attribute', { name, kind }) : column('ignored');
}

/** The topic of which a heading seems to speak, if any. */
function findTopic(plain: string, topics: readonly Topic[]): string | null {
  const named = topics.find(({ key, name }) => [fold(key), fold(name)].includes(plain.replace(/^consent/, '')));
  if (named) return named.key;
  if (!CONSENT.test(plain) || CHOSEN.test(plain) || PROOF.test(plain)) return null;
  const within = topics.find(({ key, name }) => plain.includes(fold(key)) || plain.includes(fold(name)));
  return within?.key ?? topics[0]?.key ?? null;
}

function nameColumn({ what, name, topic, channel }: Column): string {
  const trait = what === 'attribute' ? name.trim() : ['email', 'phone'].includes(what) ? what : null;
  return trait === null ? `${what}/${topic}/${channel ?? ''}` : `trait/${trait}`;
}

function fold(heading: string): string {
  return spell(heading).replaceAll(/[^a-z0-9]/g, '');
}

function spell(text: string): string {
  return text.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').normalize('NFD').replaceAll(/[\u0300-\u036F]/g, '');
}
