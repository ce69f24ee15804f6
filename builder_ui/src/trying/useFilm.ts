import { useEffect, useState } from 'react';

export const SPEEDS = [1, 2, 4] as const;
/** So long the token stays at each step, in milliseconds, before speed. */
const STEP = 1100;

export type Film = {
  readonly place: number;
  readonly length: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  readonly go: (place: number) => void;
  readonly toggle: () => void;
  readonly hasten: () => void;
};

/** Where a film of so many steps is, and how it goes on by itself. */
export function useFilm(length: number): Film {
  const [place, setPlace] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(SPEEDS[0]);
  const last = Math.max(0, length - 1);
  const at = Math.min(place, last);
  const runs = isPlaying && at < last;
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setTimeout(() => setPlace(at + 1), STEP / speed);
    return () => clearTimeout(timer);
  }, [runs, at, speed]);
  return {
    place: at,
    length,
    isPlaying: runs,
    speed,
    go: (next) => {
      setPlaying(false);
      setPlace(Math.max(0, Math.min(last, next)));
    },
    toggle: () => {
      if (!runs && at === last) setPlace(0);
      setPlaying(!runs);
    },
    hasten: () => setSpeed((now) => SPEEDS[(SPEEDS.indexOf(now as (typeof SPEEDS)[number]) + 1) % SPEEDS.length] ?? SPEEDS[0]),
  };
}
