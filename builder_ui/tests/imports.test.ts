import { describe, expect, it } from 'vitest';

import { column, findLack, guessKind, guessPlan, nameAttribute, type Plan, tidyPlan } from '../src/imports/plan';

const KNOWN = { topics: [{ key: 'offers', name: 'Angebote' }, { key: 'news', name: 'Newsletter' }], attributes: ['plan', 'lastOrder'] };
const guess = (header: readonly string[], ...sample: readonly (readonly string[])[]) => guessPlan(header, sample, KNOWN).columns;
const PLAN: Plan = { mode: 'contacts', columns: [column('email')], yes: ['yes'], no: ['no'], chosen_at: '', proof: '', because: 'imported' };

describe('guesses from headings', () => {
  it('knows whom rows are about, in English and German', () => {
    expect(guess(['Email Address', 'Phone Number', 'customer_id']).map(({ what }) => what)).toEqual(['email', 'phone', 'user_id']);
    expect(guess(['E-Mail-Adresse', 'Handynr.', 'Kundennummer']).map(({ what }) => what)).toEqual(['email', 'phone', 'user_id']);
  });
  it('names attributes as the product does, or as they are known already', () => {
    expect(guess(['Vorname', 'Straße', 'PLZ', 'Last Order', 'Letzter Kauf', 'Über uns']).map(({ name }) => name)).toEqual(['first_name', 'street', 'zip', 'lastOrder', 'letzter_kauf', 'ueber_uns']);
  });
  it('finds consents, their time and source, and only beside a consent', () => {
    const columns = guess(['email', 'Newsletter', 'Angebote SMS Einwilligung', 'OPTIN_TIME', 'Quelle']);
    expect(columns.slice(1)).toEqual([column('consent', { topic: 'news', channel: 'email' }), column('consent', { topic: 'offers', channel: 'sms' }), column('chosen_at'), column('proof')]);
    expect(guess(['email', 'Quelle'])[1]).toEqual(column('attribute', { name: 'quelle' }));
    expect(guessPlan(['email', 'newsletter'], [], { topics: [], attributes: [] }).columns[1]?.what).toBe('attribute');
  });
  it('takes nothing twice and leaves out what has no heading', () => {
    expect(guess(['email', 'E-Mail', '', 'Vorname', 'first_name']).map(({ what }) => what)).toEqual(['email', 'ignored', 'ignored', 'attribute', 'ignored']);
    expect(findLack(guessPlan(['email', 'E-Mail', 'Vorname', 'first name'], [], KNOWN))).toBeNull();
  });
  it.each([
    [['12', '-3.5'], 'number'], [['12,50', '3'], 'comma'], [['1.234,50'], 'comma'], [['1.234', '2.500'], 'comma'], [['01067', '80331'], 'text'], [['31.12.1990', '1.2.2003'], 'date'],
    [['2026-01-31'], 'date'], [['ja', 'Nein'], 'boolean'], [['1', '0'], 'number'], [['a'], 'text'], [[], 'text'],
  ] as const)('sees what cells %j are', (cells, kind) => {
    expect(guessKind(cells)).toBe(kind);
  });
  it('makes names of headings', () => {
    expect(nameAttribute(' Größe (cm) ')).toBe('groesse_cm');
  });
});

describe('what is still to be said', () => {
  const consent = column('consent', { topic: 'news', channel: 'email' });
  it.each([
    [{}, null],
    [{ columns: [column('attribute', { name: 'x' })] }, 'whom'],
    [{ columns: [column('attribute', { name: 'email' })] }, null],
    [{ columns: [column('email'), column('attribute', { name: 'email' })] }, 'twice'],
    [{ columns: [column('email'), column('attribute', { name: ' ' })] }, 'name'],
    [{ columns: [column('email'), column('consent')] }, 'topic'],
    [{ columns: [column('email'), consent] }, 'proof'],
    [{ columns: [column('email'), consent], yes: [], proof: 'x' }, 'yes'],
    [{ columns: [column('email'), consent], no: ['YES'], proof: 'x' }, 'both'],
    [{ columns: [column('email'), consent, column('proof')] }, null],
    [{ mode: 'suppressions', columns: [column('user_id')] }, 'address'],
  ] as const)('of %j it is %s', (change, lack) => {
    expect(findLack({ ...PLAN, ...change })).toBe(lack);
  });
  it('sends of a list only its addresses', () => {
    const sent = tidyPlan({ ...PLAN, mode: 'suppressions', columns: [column('email'), consent], proof: 'x' });
    expect(sent).toMatchObject({ columns: [column('email'), column('ignored')], proof: '', yes: [] });
  });
});
