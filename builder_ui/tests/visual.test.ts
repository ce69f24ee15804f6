import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { listBlocks, mayStandIn } from '../src/visual/blocks';
import { carry, cut, restore, Unreadable } from '../src/visual/carrying';
import { carryValue, sayValue, showContent, writeContent } from '../src/visual/content';
import { readLetter, type Part, type Shown, writeLetter } from '../src/visual/letter';
import { finish, placeOf, PLACEHOLDER, prepare, putIn, readLooks, withoutDark } from '../src/visual/looks';
import { readMarkup } from '../src/visual/markup';
import { putPicture, readPicture } from '../src/visual/pictures';
import { hearApp, hearFrame, wrap } from '../src/visual/protocol';

const files = import.meta.glob<string>(['../../examples/**/*.mjml', '../../templates/email/system/*.mjml'], { query: '?raw', import: 'default', eager: true });
const letters = Object.entries(files).map(([path, source]) => [path.split('/').at(-1)!, source] as const);
const picture = { address: '{{ base_url }}/assets/1/spring.png', words: 'spring sale hero', width: 240 };
const HARD = `<mjml lang="en">
  <!-- who may see it -->
  <mj-head><mj-title>{{ a|default("<b>") }}</mj-title>{# why #}</mj-head>
  <mj-body  background-color='#eee'   width="640px">
    {% if contact.plan == "pro" and 1 < 2 %}
    <mj-section padding="{{ x|default('1px "2px"') }}" css-class="a
 b"><mj-column>
      <mj-text>Hi {{ {"a": "}}"}["a"] }} &amp; co &mdash; <a href="{{ base_url|default("/") }}/x">go</a><br />{% for a in b %}{{ a }}, {% endfor %}</mj-text>
      <mj-spacer height="8px" /><mj-image src="{{ item.image }}" alt="x"></mj-image>
      <mj-table><tr>{% for a in b %}<td>{{ a }}</td>{% endfor %}</tr></mj-table>
      {% raw %}{{ as it is }}{% endraw %}
    </mj-column></mj-section>{% else %}
    <!-- nothing --> words that stand nowhere {% endif %}
    <mj-raw><table><tr><td>{{ y }}</td></tr></table></mj-raw>
    {% include "bottom" %}
    <mj-section><mj-column><mj-social><mj-social-element name="github" href="https://example.com/">Us</mj-social-element></mj-social></mj-column></mj-section>
  </mj-body>
</mjml>
`;
const SUBJECT = '<mjml><mj-head><mj-preview>Soon</mj-preview><mj-title>Hi {{ a|default("<b>") }} &amp; co</mj-title></mj-head><mj-body><mj-section /></mj-body></mjml>';
const all = [...letters, ['hard', HARD] as const];
const show = (part: Part): Shown => ({ ...part, parts: part.parts?.map(show) ?? null });

/** The part at a path, changed. */
function change(part: Shown, path: readonly number[], edit: (part: Shown) => Shown): Shown {
  const [first, ...rest] = path;
  if (first === undefined) return edit(part);
  return { ...part, parts: part.parts!.map((one, place) => (place === first ? change(one, rest, edit) : one)) };
}

describe('a letter', () => {
  it('is there to be read', () => expect(letters.length).toBeGreaterThan(25));

  it.each(all)('%s comes back to the letter when nothing is changed', (_name, source) => {
    const letter = readLetter(source);
    expect(writeLetter(letter, show(letter.body), show(letter.body))).toBe(source);
  });

  it.each(all)('%s changes nowhere but where somebody changed it', (_name, source) => {
    const letter = readLetter(source);
    const before = show(letter.body);
    const visit = (part: Shown, path: readonly number[]) => {
      if (part.kind === 'element') {
        const now = change(before, path, (one) => ({ ...one, attributes: { ...one.attributes, 'css-class': 'marked-here' } }));
        const written = writeLetter(letter, before, now);
        const again = readLetter(written);
        const back = change(show(again.body), path, (one) => ({ ...one, attributes: part.attributes }));
        expect(written).toContain('css-class="marked-here"');
        expect(strip(back)).toEqual(strip(before));
      }
      part.parts?.forEach((one, place) => visit(one, [...path, place]));
    };
    visit(before, []);
  });

  it('keeps its layout around what is added, moved and taken away', () => {
    const source = '<mjml>\n  <mj-body>\n    {% include "top" %}\n    <mj-section><mj-column>\n      <mj-text>One</mj-text>\n      <mj-spacer />\n    </mj-column></mj-section>\n  </mj-body>\n</mjml>\n';
    const letter = readLetter(source);
    const before = show(letter.body);
    const button: Shown = { kind: 'element', origin: null, tag: 'mj-button', attributes: { href: '{{ base_url }}' }, content: 'Go', parts: null };
    const added = change(before, [1, 0], (column) => ({ ...column, parts: [column.parts![1]!, button] }));
    expect(writeLetter(letter, before, added)).toBe(source.replace('\n      <mj-text>One</mj-text>', '').replace('<mj-spacer />\n', '<mj-spacer />\n      <mj-button href="{{ base_url }}">Go</mj-button>\n'));
    const moved = { ...before, parts: [...before.parts!].reverse() };
    expect(readLetter(writeLetter(letter, before, moved)).body.parts!.map(({ kind }) => kind)).toEqual(['element', 'include']);
  });

  it('has a subject, and a line beside it', () => {
    const source = SUBJECT;
    const letter = readLetter(source);
    const before = show(letter.body);
    expect(before.lines).toEqual({ 'mj-title': 'Hi {{ a|default("<b>") }} & co', 'mj-preview': 'Soon' });
    const now = { ...before, lines: { 'mj-title': '{{ b }} < {{ c|d("x") }}', 'mj-preview': 'Soon' } };
    expect(writeLetter(letter, before, now)).toBe(source.replace('Hi {{ a|default("<b>") }} &amp; co', '{{ b }} &lt; {{ c|d("x") }}'));
    const both = { ...before, lines: { 'mj-title': 'A', 'mj-preview': 'B' }, parts: [] };
    expect(writeLetter(letter, before, both)).toBe('<mjml><mj-head><mj-preview>B</mj-preview><mj-title>A</mj-title></mj-head><mj-body></mj-body></mjml>');
    expect(readLetter('<mjml><mj-body></mj-body></mjml>').body.lines).toEqual({ 'mj-title': null, 'mj-preview': null });
  });

  it('opens an element that was closed at once, when something comes into it', () => {
    const letter = readLetter('<mjml><mj-body><mj-section><mj-column width="50%" /></mj-section></mj-body></mjml>');
    const before = show(letter.body);
    const text: Shown = { kind: 'element', origin: null, tag: 'mj-text', attributes: {}, content: 'Hi', parts: null };
    const now = change(before, [0, 0], (column) => ({ ...column, parts: [text] }));
    expect(readLetter(writeLetter(letter, before, now)).body.parts![0]!.parts![0]).toMatchObject({ attributes: { width: '50%' }, parts: [{ content: 'Hi' }] });
  });

  it.each([
    ['<mjml><mj-body>{{ a</mj-body></mjml>', 'jinja', 1],
    ['<mjml>\n<mj-body><mj-section></mj-body></mjml>', 'tags', 2],
    ['<mjml>\n{# a\n#}\n<mj-body a=b></mj-body></mjml>', 'markup', 4],
    ['<mjml></mjml>', 'no_body', 1],
    ['<p>a \uE000</p>', 'signs', 1],
  ])('%j is refused, with why and where', (source, reason, line) => {
    expect(() => readLetter(source)).toThrow(new Unreadable(reason as 'jinja', line));
  });
});

function strip(part: Shown): unknown {
  return { kind: part.kind, tag: part.tag, attributes: part.attributes, content: part.content?.replace(/\uE000\d+\uE001/g, '*'), parts: part.parts?.map(strip) };
}

describe('Jinja', () => {
  const source = fc.array(fc.constantFrom('{{ a }}', "{{ '}}' }}", '{% if a < "%}" %}', '{# {{ #}', '{% raw %}{{ {% endraw %}', 'words', '<b>', '"', '{ ', '}}', '\n'), { maxLength: 12 }).map((parts) => parts.join(''));

  it('comes back as it was', () => {
    fc.assert(fc.property(source, (text) => {
      const carried = carry(text);
      expect(restore(carried.text, carried.pieces)).toBe(text);
      expect(carried.text).not.toMatch(/\{[{%#]/);
      expect(cut(carried.text, carried.pieces).map((part) => (typeof part === 'string' ? part : part.piece.source)).join('')).toBe(text);
    }));
  });

  it('is a chip among words, and comes out of it', () => {
    const words = fc.array(fc.constantFrom('a', ' &amp; ', '{{ a|default("x") }}', "{% if a < 'b' %}", '{% endif %}', '<b>fat</b>', '<br>', '<a href="{{ b }}/c">there</a>'), { maxLength: 10 }).map((parts) => parts.join(''));
    fc.assert(fc.property(words, (text) => {
      const { text: carried, pieces } = carry(text);
      const shown = showContent(carried, pieces);
      expect(() => readMarkup(shown)).not.toThrow();
      expect(restore(writeContent(shown), pieces)).toBe(text);
    }));
  });

  it('may stand in an attribute, and be typed', () => {
    fc.assert(fc.property(fc.constantFrom('{{ a|default("x") }}', 'https://x.example/?a=1&b={{ b }}', 'a "b" <c>', '{{ open'), (value) => {
      const pieces = carry('{{ before }}').pieces;
      expect(sayValue(carryValue(value, pieces), pieces)).toBe(value);
    }));
    expect(writeContent('Hi {{ a &gt; 1 and "x" }}&nbsp;&amp; {{ open')).toBe('Hi {{ a > 1 and "x" }}&nbsp;&amp; {{ open');
  });
});

it('leaves out of words what a letter may not hold', () => {
  expect(writeContent('<section onclick="x()">A<script>b</script><p id="c" style="color: red" data-d="e">F</p></section><p style="background: url(x)">G</p><span>H</span>')).toBe('A<p style="color: red">F</p><p>G</p>H');
});

describe('the app and the editor', () => {
  const [own, frame] = ['https://app.example', {}];
  const opening = { source: '<mjml>', partials: { head: '' }, values: ['contact.email'], mayEdit: true };

  it('hear each other', () => {
    const from = (message: unknown) => ({ data: wrap(message), origin: own, source: frame });
    expect(hearFrame(from({ kind: 'ready' }), frame, own)).toEqual({ kind: 'ready' });
    expect(hearFrame(from({ kind: 'changed', turn: 2, source: 'x' }), frame, own)).toEqual({ kind: 'changed', turn: 2, source: 'x' });
    expect(hearFrame(from({ kind: 'refused', turn: 2, reason: 'jinja', line: 3 }), frame, own)).toEqual({ kind: 'refused', turn: 2, reason: 'jinja', line: 3 });
    expect(hearApp(from({ kind: 'open', turn: 1, opening }), frame, own)).toEqual({ kind: 'open', turn: 1, opening });
    expect(hearFrame(from({ kind: 'pick', turn: 2 }), frame, own)).toEqual({ kind: 'pick', turn: 2 });
    expect(hearApp(from({ kind: 'picked', turn: 2, picture }), frame, own)).toEqual({ kind: 'picked', turn: 2, picture });
  });

  it.each([
    ['another origin', { data: wrap({ kind: 'ready' }), origin: 'https://evil.example', source: frame }],
    ['another window', { data: wrap({ kind: 'ready' }), origin: own, source: {} }],
    ['no mark', { data: { kind: 'ready' }, origin: own, source: frame }],
    ['another kind', { data: wrap({ kind: 'run' }), origin: own, source: frame }],
    ['no source', { data: wrap({ kind: 'changed', turn: 1 }), origin: own, source: frame }],
    ['a picture without an address', { data: wrap({ kind: 'picked', turn: 1, picture: { ...picture, address: null } }), origin: own, source: frame }],
    ['a wrong opening', { data: wrap({ kind: 'open', turn: 1, opening: { ...opening, values: [1] } }), origin: own, source: frame }],
  ])('do not hear %s', (_name, heard) => {
    expect(hearFrame(heard, frame, own)).toBeNull();
    expect(hearApp(heard, frame, own)).toBeNull();
  });

  it('do not hear a window that is gone', () => {
    expect(hearFrame({ data: wrap({ kind: 'ready' }), origin: own, source: null }, null, own)).toBeNull();
  });
});

describe('a picture of the instance', () => {
  it('is known by what its file is called', () => {
    expect(readPicture({ name: 'spring-sale_hero.png', in_template: '{{ base_url }}/assets/1/spring.png', width: 240 })).toEqual(picture);
  });

  it('brings words and width to an image that says nothing of them, and nothing but its address elsewhere', () => {
    expect(putPicture('mj-image', 'src', { src: 'old' }, picture)).toEqual({ src: picture.address, alt: 'spring sale hero', width: '240px' });
    expect(putPicture('mj-image', 'src', { alt: 'Our logo', width: '100px' }, picture)).toEqual({ src: picture.address });
    expect(putPicture('mj-image', 'src', {}, { ...picture, width: 1200 })).toEqual({ src: picture.address, alt: 'spring sale hero' });
    expect(putPicture('mj-section', 'background-url', {}, picture)).toEqual({ 'background-url': picture.address });
  });
});

describe('the looks of a letter', () => {
  it('says an initial by one sign, so that it fits where it stands', () => {
    const { text, pieces } = carry('<td class="plate">{{ sender.name|first|upper }}</td><td>{{ sender.name | default("first") }}</td>');
    expect(finish(text, pieces)).toBe('<td class="plate">S</td><td>sender.name</td>');
  });

  const partials = { top: '<mj-section>{% include "name" %}</mj-section>', name: '{{ sender.name }}', round: '{% include "round" %}!', head: '<mj-attributes><mj-all color="red" /></mj-attributes><mj-style>a { b: c } @media (prefers-color-scheme: dark) { a { b: d } }</mj-style>' };

  it('come with their partials, which never go in circles', () => {
    expect(putIn('a {% include "top" %} {% include "none" %} {{ b }}', partials)).toBe('a <mj-section>{{ sender.name }}</mj-section>  {{ b }}');
    expect(putIn('{% include "round" %}', partials)).toBe('!'.repeat(8));
    expect(Object.values(partials).map(placeOf)).toEqual(['body', null, null, 'head']);
  });

  it('are those of its head, by day', () => {
    const looks = readLooks(readLetter('<mjml><mj-head>{% include "head" %}<mj-style>i { j: {{ k }} }</mj-style></mj-head><mj-body></mj-body></mjml>'), partials);
    expect(looks.head).toBe('<mj-attributes><mj-all color="red" /></mj-attributes>');
    expect(looks.css.replace(/\s+/g, ' ')).toBe('a { b: c } i { j: }');
    expect(withoutDark('@media (max-width: 9px) { a {} } @media screen and (prefers-color-scheme:dark) { b { c: d } e {} } f {}').replace(/\s+/g, ' ')).toBe('@media (max-width: 9px) { a {} } f {}');
  });

  it('are drawn without asking anybody, and with names in the place of values', () => {
    const { text, pieces } = carry('<mjml><mj-body><mj-image src="{{ a }}" /><mj-image alt="{{ b }}" /><mj-image src="{{ base_url }}/c.png" /><mj-hero background-url="{{ d }}" />{% if e %}{{ f|default("<") }}{% endif %}</mj-body></mjml>');
    const drawn = prepare(text, pieces, { head: '<mj-x />', css: '' }, 'https://own.example');
    expect(drawn.startsWith('<mjml><mj-head><mj-x /></mj-head><mj-body>')).toBe(true);
    expect(drawn.split(PLACEHOLDER)).toHaveLength(3);
    expect(drawn).toContain('src="https://own.example/c.png"');
    expect(drawn).not.toContain('background-url');
    expect(finish(drawn, pieces)).toContain('/>f</mj-body>');
    expect(finish('<img src="https://www.mailjet.com/images/theme/v1/icons/ico-social/facebook.png">', pieces)).not.toContain('mailjet');
  });
});

it('has only blocks that fit somewhere, and that come back as they were made', () => {
  for (const block of listBlocks(['top'])) {
    const made = block.make();
    const holder = made.kind === 'include' || block.group !== 'contents' ? 'mj-body' : 'mj-column';
    expect([block.id, mayStandIn(made, holder)]).toEqual([block.id, true]);
    const letter = readLetter('<mjml><mj-body><mj-section><mj-column></mj-column></mj-section></mj-body></mjml>');
    const before = show(letter.body);
    const now = change(before, holder === 'mj-body' ? [] : [0, 0], (one) => ({ ...one, parts: [made] }));
    const again = change(show(readLetter(writeLetter(letter, before, now)).body), [], (one) => one);
    expect(again.parts).not.toEqual(before.parts);
    expect(() => readLetter(writeLetter(letter, before, now))).not.toThrow();
  }
});
