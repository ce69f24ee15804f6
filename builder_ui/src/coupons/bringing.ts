// Codes as somebody pastes or uploads them: read line by line, sent in parts, and what came of all of them.

export type Added = {
  readonly added: number;
  readonly doubled: number;
  readonly refused: number;
  readonly doubles: readonly string[];
  readonly flaws: readonly { readonly code: string; readonly why: string }[];
};

/** So many codes go in one request. */
export const PART = 5000;
/** The server names so many doubles and flaws; the rest is counted. */
export const SHOWN = 100;
const TOPS = new Set('code codes coupon coupons coupon_code couponcode gutschein gutscheincode gutscheine promo_code voucher voucher_code vouchercode vouchers'.split(' '));
const NOTHING: Added = { added: 0, doubled: 0, refused: 0, doubles: [], flaws: [] };

/** The codes of a text: one a line, of several columns the first; a title above them is left out. */
export function readCodes(text: string): string[] {
  const codes = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => readFirst(line.trim()))
    .filter(Boolean);
  return TOPS.has((codes[0] ?? '').toLowerCase()) ? codes.slice(1) : codes;
}

function readFirst(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line);
  return (quoted ? (quoted[1] ?? '').replaceAll('""', '"') : (line.split(/[,;\t]/)[0] ?? '')).trim();
}

/** Sends codes part by part, one after the other, and adds up what came of them. */
export async function bringParts(codes: readonly string[], send: (part: readonly string[]) => Promise<Added>, tell: (sent: number) => void): Promise<Added> {
  let all = NOTHING;
  for (let begin = 0; begin < codes.length; begin += PART) {
    all = add(all, await send(codes.slice(begin, begin + PART)));
    tell(Math.min(begin + PART, codes.length));
  }
  return all;
}

function add(one: Added, other: Added): Added {
  return {
    added: one.added + other.added,
    doubled: one.doubled + other.doubled,
    refused: one.refused + other.refused,
    doubles: [...one.doubles, ...other.doubles].slice(0, SHOWN),
    flaws: [...one.flaws, ...other.flaws].slice(0, SHOWN),
  };
}
