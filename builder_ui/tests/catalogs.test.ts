import { expect, it } from 'vitest';

import { chooseColumns, chooseTitle, showValue, writeSnippet } from '../src/catalogs/snippets';
import { completeAt, completeWords } from '../src/templates/completing';

const PRODUCTS = { name: 'products', key_field: 'sku', fields: ['sku', 'kind', 'name', 'cents'], category_field: 'kind' };
const CATALOGS = [PRODUCTS, { name: 'branches', fields: ['city'] }];
const complete = (before: string) => completeAt(before, before.length, [], [], { catalogs: CATALOGS, pools: ['win-back', 'summer'], sources: ['weather'] })?.options.map(({ label }) => label) ?? [];

it.each([
  ['{{ catalog("pro', ['products', 'branches']],
  ['{{ catalog("products", sku).na', PRODUCTS.fields],
  ["{% for one in catalog_list('products', where={'", PRODUCTS.fields],
  ['{% for one in catalog_list("products", where={"kind": "x"}, sort="-', PRODUCTS.fields],
  ['{% set one = catalog("products", sku, default=none) %}<b>{{ one.', PRODUCTS.fields],
  ['{% for one in recommend("branches") %}{{ one.city }} {{ one.c', ['city']],
  ['{{ catalog("nothing", 1).', []],
])('completes %s by what is in the catalogs', (before, labels) => {
  expect(complete(before)).toEqual(labels);
});

it('offers the functions beside the values, and values again behind a call', () => {
  expect(complete('{{ ')).toEqual(expect.arrayContaining(['contact.email', 'catalog', 'recommend']));
  expect(complete('{{ catalog("products", contact.')).toContain('contact.email');
  expect(complete('{% set one = catalog("products", 1) %}{{ other.')).toContain('contact.email');
  expect(complete('{{ catalog("products", 1).name|up')).toContain('upper');
});

it('writes what a letter needs', () => {
  expect(writeSnippet('one', PRODUCTS)).toBe('{% set item = catalog("products", sku, default=none) %}{% if item %}{{ item.name }}{% endif %}');
  expect(writeSnippet('list', { ...PRODUCTS, category_field: null })).toBe('{% for item in catalog_list("products", sort="newest", limit=3) %}{{ item.name }}{% endfor %}');
  expect(writeSnippet('recommend', { ...PRODUCTS, fields: ['sku', 'long name'] })).toBe('{% for item in recommend("products", limit=3) %}{{ item.sku }}{% endfor %}');
});

it('shows the title first, and every value in one line', () => {
  expect([chooseTitle(PRODUCTS), chooseColumns(PRODUCTS, 2)]).toEqual(['name', ['name', 'kind']]);
  expect([showValue(null), showValue('x'), showValue(5), showValue(['a'])]).toEqual(['', 'x', '5', '["a"]']);
});

it.each([
  ['{{ coupon("', ['win-back', 'summer']],
  ["{{ coupon(pool='wi", ['win-back', 'summer']],
  ['{% set now = fetched("we', ['weather']],
])('completes the name in %s', (before, names) => {
  expect(complete(before)).toEqual(names);
});

it('completes the same names in the words of texts and pushes, and no tags', () => {
  const inWords = (before: string) => completeWords(before, before.length, ['plan'], [], { catalogs: CATALOGS, pools: ['win-back', 'summer'], sources: ['weather'] });
  const labels = (before: string) => inWords(before)?.options.map(({ label }) => label);
  expect(labels('Code {{ coupon("')).toEqual(['win-back', 'summer']);
  expect(labels('{{ fetched("we')).toEqual(['weather']);
  expect(labels('Hi {{ ')).toEqual(expect.arrayContaining(['contact.plan', 'catalog', 'coupon']));
  expect(inWords('1 < 2, and <mj-')).toBeNull();
  expect(inWords('Hi {{ contact.plan }}, ')).toBeNull();
});
