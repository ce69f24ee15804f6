import { expect, it } from 'vitest';

import { findHere, saySize, sumSizes, writeTag } from '../src/files/files';

const LOGO = { name: 'shop_logo-2.png', in_template: '{{ base_url }}/assets/ab/shop_logo-2.png', is_picture: true, width: 120 };

it('writes a picture as MJML, with its width where it is small, and anything else as a link', () => {
  expect(writeTag(LOGO)).toBe('<mj-image src="{{ base_url }}/assets/ab/shop_logo-2.png" alt="shop logo 2" width="120px" />');
  expect(writeTag({ ...LOGO, width: 1200 })).not.toContain('width');
  expect(writeTag({ ...LOGO, width: null })).not.toContain('width');
  expect(writeTag({ ...LOGO, name: 'AGB "neu".pdf', is_picture: false })).toBe('<a href="{{ base_url }}/assets/ab/shop_logo-2.png">AGB neu</a>');
});

it('finds a file where this page is, whatever address letters give it', () => {
  expect(findHere(LOGO)).toBe('/assets/ab/shop_logo-2.png');
});

it('says sizes as people read them', () => {
  expect([saySize(999), saySize(812_400), saySize(3_440_000)].map((one) => one.replace(',', '.'))).toEqual(['999 B', '812 kB', '3.4 MB']);
  expect(sumSizes([{ size: 2 }, { size: 3 }])).toBe(5);
  expect(sumSizes([])).toBe(0);
});
