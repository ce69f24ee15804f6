import { Anchor, Grid, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { askNames } from '../fields/asks';
import { askTemplates } from '../templates/asks';
import { LetterThumbnail } from '../templates/LetterThumbnail';
import { Card } from '../ui/Card';
import { RadioCards } from '../ui/RadioCards';
import { CHANNELS, type Channel, type Plan } from './plan';
import { says } from './words';

/** Which letter, and what sort of message it is. */
export function WhatStep({ plan, change }: { readonly plan: Plan; readonly change: (plan: Plan) => void }) {
  const { data: templates } = useQuery(askTemplates());
  const { data: names } = useQuery(askNames());
  const mine = (templates ?? []).filter(({ channel }) => channel === plan.channel);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Card title={says.steps.what}>
          <Stack gap="sm">
            <SegmentedControl aria-label={says.channel} value={plan.channel} onChange={(channel) => change({ ...plan, channel: channel as Channel, template: '' })} data={CHANNELS.map((value) => ({ value, label: says.channels[value] }))} maw={360} />
            <Select label={says.messages[plan.channel]} description={plan.channel === 'push' ? says.pushMore : says.subjectMore} placeholder={says.choose} searchable value={plan.template || null} onChange={(template) => change({ ...plan, template: template ?? '' })} data={mine.map(({ key, name }) => ({ value: key, label: name }))} />
            {templates && mine.length === 0 && <Text size="sm">{says.noTemplates} <Anchor component={Link} to="/templates" size="sm" underline="always">{says.makeTemplate}</Anchor></Text>}
            <RadioCards label={says.kindOf} value={plan.messageClass} onChange={(messageClass) => change({ ...plan, messageClass })}
              choices={[{ value: 'marketing', label: says.classes.marketing, more: says.classes.marketingMore }, { value: 'transactional', label: says.classes.transactional, more: says.classes.transactionalMore }]} />
            {plan.messageClass === 'marketing' && <Select label={says.topic} description={says.newTopic} placeholder={says.choose} searchable required value={plan.topic || null}
              onChange={(topic) => change({ ...plan, topic: topic ?? '' })} data={(names?.topics ?? []).map(({ key, name }) => ({ value: key, label: name }))} />}
          </Stack>
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Card title={says.preview}>{plan.template ? <LetterThumbnail templateKey={plan.template} /> : <Text size="sm" c="dimmed">{says.noPreview}</Text>}</Card>
      </Grid.Col>
    </Grid>
  );
}
