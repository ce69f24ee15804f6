import { expect, it } from 'vitest';

import { readKeptPush } from '../src/templates/Notification';
import { readPush, writePush } from '../src/templates/pushLines';

const WHOLE = `title: Hello {{ contact.first_name|default("you") }}
body: Two things
  wait for you
url: {{ base_url }}/cart
icon: https://shop.example/i.png
image: https://shop.example/p.jpg
tag: cart
action: Buy now -> https://shop.example/buy
action: Look -> https://shop.example/look
`;

it('reads and writes the lines that the server reads', () => {
  const fields = readPush(WHOLE);
  expect(fields).toMatchObject({ title: 'Hello {{ contact.first_name|default("you") }}', body: 'Two things\nwait for you', tag: 'cart' });
  expect(fields.actions).toEqual([{ label: 'Buy now', url: 'https://shop.example/buy' }, { label: 'Look', url: 'https://shop.example/look' }]);
  expect(writePush(fields)).toBe(WHOLE);
});

it('keeps a title alone, empty fields out, and what is typed on one line', () => {
  expect(writePush(readPush(''))).toBe('title: \n');
  expect(writePush({ ...readPush('title: A'), url: 'https://a.example\n' })).toBe('title: A\nurl: https://a.example \n');
  expect(readPush('title: A\r\nbody: b\r\n  c')).toMatchObject({ title: 'A', body: 'b\nc' });
});

it('keeps a button while it is typed', () => {
  const typed = { ...readPush('title: A'), actions: [{ label: '', url: '' }] };
  expect(readPush(writePush(typed)).actions).toEqual([{ label: '', url: '' }]);
});

it('shows a kept push from its headers', () => {
  const headers = [['url', 'https://shop.example/'], ['action', 'Buy -> https://shop.example/buy'], ['devices', '2']];
  expect(readKeptPush('A', 'b', headers)).toEqual({ title: 'A', body: 'b', url: 'https://shop.example/', actions: [{ label: 'Buy', url: 'https://shop.example/buy' }] });
});
