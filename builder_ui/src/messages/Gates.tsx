import { Text, ThemeIcon } from '@mantine/core';
import { type Icon, IconCheck, IconClock, IconMinus, IconX } from '@tabler/icons-react';

import { Card } from '../ui/Card';
import { sayAnd } from '../words/formats';
import type { Gate } from './asks';
import { partGates, sayGate } from './told';
import { says } from './words';

const LOOKS: Readonly<Record<Gate['said'], { readonly icon: Icon; readonly color: string; readonly word: string }>> = {
  passed: { icon: IconCheck, color: 'green', word: says.passed },
  refused: { icon: IconX, color: 'red', word: says.refused },
  holds: { icon: IconClock, color: 'orange', word: says.holds },
  not_asked: { icon: IconMinus, color: 'gray', word: says.notAsked },
  not_concerned: { icon: IconMinus, color: 'gray', word: says.notAsked },
};

/** What stands between a message and its leaving, in the order in which it is asked. */
export function Gates({ gates }: { readonly gates: readonly Gate[] }) {
  const { asked, apart } = partGates(gates);
  return (
    <Card title={says.asked}>
      <Text size="xs" c="dimmed">{says.gatesMore}</Text>
      <ol className="plain fates">
        {asked.map((gate) => {
          const { icon: Picture, color, word } = LOOKS[gate.said];
          return (
            <li key={gate.gate}>
              <ThemeIcon variant="light" color={color} size={20} radius="xl"><Picture size={13} stroke={2.4} /></ThemeIcon>
              <Text size="sm" className="grow" fw={gate.said === 'refused' || gate.said === 'holds' ? 600 : undefined} c={gate.said === 'not_asked' ? 'dimmed' : undefined}>{sayGate(gate)}</Text>
              <Text size="xs" c="dimmed">{word}</Text>
            </li>
          );
        })}
      </ol>
      {apart.length > 0 && <Text size="xs" c="dimmed">{says.apart(sayAnd(apart.map(({ gate }) => says.quoted(says.gates[gate]))))}</Text>}
    </Card>
  );
}
