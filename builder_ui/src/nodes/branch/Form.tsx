import { Text } from '@mantine/core';

import { useFieldScope } from '../../fields/scope';
import type { ConditionPath } from '../../generated/journey';
import { RuleBuilder } from '../../rules/RuleBuilder';
import { words } from '../../words/language';
import { PathList } from '../parts/PathList';
import type { FormProps } from '../types';

const says = words({
  en: { paths: 'The first path that is true', otherwise: 'Whoever fits none of them takes the way “otherwise”.' },
  de: { paths: 'Der erste Pfad, der zutrifft', otherwise: 'Wer auf keinen passt, nimmt den Weg „otherwise“.' },
});

export function BranchForm({ node, change }: FormProps<'branch'>) {
  const { journey } = useFieldScope();
  return (
    <>
      <PathList<ConditionPath> title={says.paths} paths={node.paths ?? []} reserved={['otherwise']} blank={(label) => ({ label, when: { segment: '', op: 'member' } })} change={(paths, field) => change({ ...node, paths }, field)}>
        {(path, keep) => <RuleBuilder condition={path.when} change={(when) => keep({ ...path, when }, 'when')} scope={{ journey }} />}
      </PathList>
      <Text size="xs" c="dimmed">{says.otherwise}</Text>
    </>
  );
}
