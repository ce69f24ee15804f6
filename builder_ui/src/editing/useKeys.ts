import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

import type { Command, Doings } from './commands';
import { findPlace, heeds, isCovered, leavesField } from './keyPlaces';

const DIRECTIONS = ['up', 'down', 'left', 'right'] as const;

/** Lets keys give the commands, where they mean them. */
export function useKeys(commands: readonly Command[], doings: Doings, enter: (node: string) => void, leave: () => void): void {
  // Asked before anybody else hears of the key: one that closes a dialog is the dialog's alone.
  const notOurs = useRef<KeyboardEvent>(null);
  const leaving = useRef<KeyboardEvent>(null);
  useEffect(() => {
    const listening = new AbortController();
    window.addEventListener('keydown', (event) => {
      notOurs.current = isCovered(document) ? event : null;
      leaving.current = event.key === 'Escape' && leavesField(event.target) ? event : null;
    }, { capture: true, signal: listening.signal });
    return () => listening.abort();
  }, []);
  const heed = (id: string, key: string, run: () => void) => (event: KeyboardEvent) => {
    if (event.defaultPrevented || event === notOurs.current || !heeds(findPlace(event.target), { id }, key)) return;
    event.preventDefault();
    run();
  };
  useHotkeys([
    ...commands.flatMap(({ id, keys, run }) => keys.map((key) => [key, heed(id, key, run)] as const)),
    ...DIRECTIONS.flatMap((direction) => {
      const arrow = `Arrow${direction.charAt(0).toUpperCase()}${direction.slice(1)}`;
      return [[arrow, heed('go', arrow, () => doings.go(direction))] as const, [`alt+${arrow}`, heed('nudge', `alt+${arrow}`, () => doings.nudge(direction))] as const];
    }),
    ['Escape', (event: KeyboardEvent) => {
      if (event.defaultPrevented || event === notOurs.current || event !== leaving.current) return;
      event.preventDefault();
      leave();
    }] as const,
    ['Enter', (event: KeyboardEvent) => {
      const node = event.target instanceof HTMLElement && event.target.matches('.react-flow__node') ? event.target.dataset['id'] : undefined;
      if (node === undefined || event === notOurs.current) return;
      event.preventDefault();
      enter(node);
    }] as const,
  ].map(([key, run]) => [key, run, { preventDefault: false }]), [], true);
}
