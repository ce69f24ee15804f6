// What can be put into a letter. Pure.
import type { Shown } from './letter';
import { encodeText } from './markup';
import { says } from './words';

export type Block = { readonly id: string; readonly label: string; readonly group: 'sections' | 'contents' | 'partials'; readonly make: () => Shown };

const element = (tag: string, attributes: Record<string, string>, rest: Partial<Shown> = {}): Shown => ({ kind: 'element', origin: null, tag, attributes, content: null, parts: null, ...rest });
const text = (content: string) => element('mj-text', {}, { content });
const column = (...parts: Shown[]) => element('mj-column', {}, { parts });
const section = (...parts: Shown[]) => element('mj-section', { 'css-class': 'card' }, { parts });
const sample = () => text(encodeText(says.sample.text));
const link = (icon: string, href: string) => element('mj-social-element', { href, src: iconAddress(icon), alt: icon }, { content: '' });

/** The icons that an instance serves, so that no letter loads them from somebody else: public/social. */
export const ICONS = ['facebook', 'instagram', 'x', 'linkedin', 'youtube', 'github', 'web'] as const;
export const iconAddress = (icon: string) => `{{ base_url }}/social/${icon}.png`;

const MADE: readonly (readonly [string, Block['group'], () => Shown])[] = [
  ['one', 'sections', () => section(column(sample()))],
  ['two', 'sections', () => section(column(sample()), column(sample()))],
  ['three', 'sections', () => section(column(sample()), column(sample()), column(sample()))],
  ['hero', 'sections', () => element('mj-hero', { mode: 'fixed-height', height: '260px', 'background-color': '#1f6f54', 'vertical-align': 'middle' }, { parts: [element('mj-text', { align: 'center', color: '#ffffff', 'font-size': '28px', 'line-height': '36px' }, { content: encodeText(says.sample.hero) })] })],
  ['text', 'contents', sample],
  ['heading', 'contents', () => text(`<h1>${encodeText(says.sample.heading)}</h1>`)],
  ['button', 'contents', () => element('mj-button', { href: '{{ base_url }}' }, { content: encodeText(says.sample.button) })],
  ['image', 'contents', () => element('mj-image', { src: '', alt: '' })],
  ['divider', 'contents', () => element('mj-divider', {})],
  ['spacer', 'contents', () => element('mj-spacer', { height: '24px' })],
  ['social', 'contents', () => element('mj-social', { mode: 'horizontal', 'icon-size': '24px' }, { parts: [link('instagram', 'https://www.instagram.com/'), link('linkedin', 'https://www.linkedin.com/'), link('web', '{{ base_url }}')] })],
  ['raw', 'sections', () => ({ kind: 'fixed', origin: null, tag: 'mj-raw', attributes: {}, content: '<mj-raw><table align="center" width="600"><tr><td style="padding: 16px 40px">HTML</td></tr></table></mj-raw>', parts: null })],
];

/** All blocks: ours, and the partials that stand among sections. */
export function listBlocks(partials: readonly string[]): readonly Block[] {
  return [
    ...MADE.map(([id, group, make]): Block => ({ id, label: says.made[id]!, group, make })),
    ...partials.map((name): Block => ({ id: `partial-${name}`, label: name, group: 'partials', make: () => ({ kind: 'include', origin: null, tag: name, attributes: {}, content: `{% include "${name}" %}`, parts: null }) })),
  ];
}

/** Which elements may stand in which. */
export const MAY_HOLD: Readonly<Record<string, readonly string[]>> = {
  'mj-body': ['mj-section', 'mj-wrapper', 'mj-hero', 'mj-raw', 'include'],
  'mj-wrapper': ['mj-section', 'mj-raw'],
  'mj-section': ['mj-column', 'mj-group'],
  'mj-group': ['mj-column'],
  'mj-column': ['mj-text', 'mj-button', 'mj-image', 'mj-divider', 'mj-spacer', 'mj-table', 'mj-social', 'mj-navbar'],
  'mj-hero': ['mj-text', 'mj-button', 'mj-image', 'mj-divider', 'mj-spacer', 'mj-table', 'mj-social', 'mj-navbar'],
  'mj-social': ['mj-social-element'],
};

/** Whether a part may stand in an element. */
export const mayStandIn = ({ kind, tag }: Pick<Shown, 'kind' | 'tag'>, holder: string) => MAY_HOLD[holder]?.includes(kind === 'include' ? 'include' : tag) ?? false;

export type Field = { readonly name: string; readonly kind: 'text' | 'address' | 'colour' | 'choice' | 'icon'; readonly choices?: readonly string[] };
const colour = (name: string): Field => ({ name, kind: 'colour' });
const size = (name: string): Field => ({ name, kind: 'text' });
const address = (name: string): Field => ({ name, kind: 'address' });
const choice = (name: string, choices: readonly string[]): Field => ({ name, kind: 'choice', choices });
const ALIGN = choice('align', ['left', 'center', 'right']);
const ACROSS = choice('vertical-align', ['top', 'middle', 'bottom']);
const BACKGROUND = colour('background-color');
const CLASS: Field = { name: 'css-class', kind: 'text' };

/** What can be set of an element. */
export const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  'mj-body': [BACKGROUND, size('width')],
  'mj-wrapper': [BACKGROUND, size('padding'), CLASS],
  'mj-section': [BACKGROUND, address('background-url'), size('padding'), size('border-radius'), choice('full-width', ['full-width']), CLASS],
  'mj-group': [size('width'), ACROSS, CLASS],
  'mj-column': [size('width'), BACKGROUND, size('padding'), size('border-radius'), ACROSS, CLASS],
  'mj-hero': [BACKGROUND, address('background-url'), choice('mode', ['fixed-height', 'fluid-height']), size('height'), size('padding'), ACROSS, CLASS],
  'mj-social': [choice('mode', ['horizontal', 'vertical']), ALIGN, size('icon-size'), size('padding')],
  'mj-social-element': [{ name: 'src', kind: 'icon' }, address('href'), address('src'), { name: 'alt', kind: 'text' }],
  'mj-text': [ALIGN, colour('color'), size('font-size'), size('line-height'), size('padding'), CLASS],
  'mj-button': [address('href'), ALIGN, BACKGROUND, colour('color'), size('border-radius'), size('inner-padding'), size('padding'), size('width'), CLASS],
  'mj-image': [address('src'), { name: 'alt', kind: 'text' }, address('href'), size('width'), ALIGN, size('padding'), size('border-radius'), CLASS],
  'mj-divider': [colour('border-color'), size('border-width'), choice('border-style', ['solid', 'dashed', 'dotted']), size('width'), size('padding'), CLASS],
  'mj-spacer': [size('height'), CLASS],
};
