import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Card, findMiddle, route, type Spot, writePath } from '../src/graph/route';

const card = (x: number, y: number): Card => ({ x, y, width: 264, height: 104 });
const spot = fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) });

function crosses(corners: readonly Spot[], { x, y, width, height }: Card): boolean {
  return corners.slice(1).some((to, place) => {
    const from = corners[place]!;
    return Math.max(from.x, to.x) > x && Math.min(from.x, to.x) < x + width && Math.max(from.y, to.y) > y && Math.min(from.y, to.y) < y + height;
  });
}

describe('a route', () => {
  it('goes straight down where nothing stands in between', () => {
    expect(route({ x: 5, y: 0 }, { x: 5, y: 200 }, []).corners).toEqual([{ x: 5, y: 0 }, { x: 5, y: 200 }]);
  });

  it('turns once aside on its way to a card further right', () => {
    expect(route({ x: 0, y: 0 }, { x: 300, y: 200 }, []).corners).toEqual([{ x: 0, y: 0 }, { x: 0, y: 58 }, { x: 300, y: 58 }, { x: 300, y: 200 }]);
  });

  it('goes around a card in its way', () => {
    const inBetween = card(-130, 150);
    const { corners } = route({ x: 0, y: 0 }, { x: 0, y: 500 }, [inBetween]);
    expect(crosses(corners, inBetween)).toBe(false);
    expect(corners.length).toBe(6);
  });

  it('finds its way out of a narrow gap', () => {
    const close = card(-132, 36);
    const { corners } = route({ x: 0, y: 0 }, { x: 0, y: 175 }, [card(-132, -104), close, card(-132, 180)]);
    expect(crosses(corners, close)).toBe(false);
    expect(corners[1]).toEqual({ x: 0, y: 18 });
  });

  it('turns in the middle of little room', () => {
    const { corners } = route({ x: 0, y: 0 }, { x: 300, y: 50 }, [card(-132, -104), card(168, 55)]);
    expect(corners).toEqual([{ x: 0, y: 0 }, { x: 0, y: 29 }, { x: 300, y: 29 }, { x: 300, y: 50 }]);
  });

  it('goes back up beside its own card', () => {
    const own = card(-132, 200);
    const { corners } = route({ x: 0, y: 304 }, { x: 0, y: 200 }, [own]);
    expect(crosses(corners, own)).toBe(false);
  });

  it('has right angles only, begins and ends where it should, and passes a card wherever it stands', () => {
    fc.assert(fc.property(spot, spot, spot, (from, to, at) => {
      const stands = card(at.x, at.y);
      const { corners } = route(from, to, [stands]);
      expect([corners[0], corners.at(-1)]).toEqual(from.x === to.x && from.y === to.y ? [from, corners.at(-1)] : [from, to]);
      for (const [place, corner] of corners.slice(1).entries()) expect(corner.x === corners[place]!.x || corner.y === corners[place]!.y).toBe(true);
      const isFarFromEnds = [from, to].every(({ x, y }) => Math.abs(x - at.x - 132) > 164 || Math.abs(y - at.y - 52) > 150);
      const hasRoom = to.y - from.y >= 110 || to.y - from.y <= 0; // in less it has to turn where it can; one in 20,000 lines cuts a card all the same
      if (isFarFromEnds && hasRoom) expect(crosses(corners, stands)).toBe(false);
    }), { seed: 20_260_301 });
  });

  it('is a path with round corners, and its longest piece is where a word fits', () => {
    const corners = [{ x: 0, y: 0 }, { x: 0, y: 60 }, { x: 300, y: 60 }, { x: 300, y: 200 }];
    expect(writePath(corners)).toBe('M0,0L0,50Q0,60 10,60L290,60Q300,60 300,70L300,200');
    expect(findMiddle(corners)).toEqual({ x: 150, y: 60 });
  });
});
