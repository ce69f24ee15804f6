import { Group, Radio, Stack, Text } from '@mantine/core';

export type RadioCard<Value extends string> = { readonly value: Value; readonly label: string; readonly more?: string };

/** One of a few, each with what it means. */
export function RadioCards<Value extends string>({ label, hides = false, value, onChange, choices }: {
  readonly label: string;
  /** The label is only for those who hear the page. */
  readonly hides?: boolean;
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly choices: readonly RadioCard<Value>[];
}) {
  return (
    <Radio.Group value={value} onChange={(next) => onChange(next as Value)} {...(hides ? { 'aria-label': label } : { label })}>
      <Stack gap={6} mt={hides ? 0 : 6}>
        {choices.map((choice) => (
          <Radio.Card key={choice.value} value={choice.value} radius="md" p="sm" className="radio-card">
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Radio.Indicator mt={2} />
              <div>
                <Text size="sm" fw={600}>{choice.label}</Text>
                {choice.more && <Text size="xs" c="dimmed">{choice.more}</Text>}
              </div>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}
