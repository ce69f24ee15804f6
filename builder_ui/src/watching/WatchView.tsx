import './watching.css';

import { Box, ScrollArea } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { LIVE } from '../api/client';
import type { JourneyShown } from '../api/types';
import { JourneyCanvas } from '../canvas/JourneyCanvas';
import type { Journey } from '../generated/journey';
import { TRIGGER } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { useMay } from '../session/asks';
import { Empty, Failure, Loading } from '../ui/States';
import { askDocument, askEnrollment, askReport, type PeopleAsked } from './asks';
import { buildOverlay, markSteps } from './marks';
import { NodePanel } from './NodePanel';
import { People } from './People';
import { PersonPanel } from './PersonPanel';
import { ScopeBar } from './ScopeBar';
import type { Chosen, Range } from './scope';
import { buildTrail, listSteps } from './trail';
import { useLive } from './useLive';
import { type Shown, WholePanel } from './WholePanel';
import { says } from './words';

/** While figures arrive by themselves only groups and days need to be asked for again. */
const SELDOM = 15 * LIVE;

/** A journey that is, or was, live: who went where, now and ever; and the people behind every figure. */
export function WatchView({ journey }: { readonly journey: JourneyShown }) {
  const { person } = useSearch({ from: '/journeys/$key' });
  if (journey.version === null) return <Empty icon={IconEye} title={says.never}>{says.neverMore}</Empty>;
  return person === undefined ? <Figures name={journey.key} live={journey.version.number} document={journey.version.document} /> : <PersonView name={journey.key} live={journey.version.number} document={journey.version.document} person={person} />;
}

type Watched = { readonly name: string; readonly live: number; readonly document: Journey };
type Listed = { readonly asked: PeopleAsked; readonly title: string };

function Figures({ name, live, document }: Watched) {
  const [node, choose] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Chosen>(null);
  const [range, setRange] = useState<Range>(null);
  const [listed, setListed] = useState<Listed | null>(null);
  const maySee = useMay('contacts:read');
  const follow = useFollow();
  const isLive = chosen === null && range === null;
  const connection = useLive(name, isLive);
  const { data: report, error, refetch } = useQuery(askReport(name, chosen, range, isLive && connection === 'live' ? SELDOM : LIVE));
  const { data: other } = useQuery({ ...askDocument(name, typeof chosen === 'number' ? chosen : live), enabled: typeof chosen === 'number' });
  const drawn = typeof chosen === 'number' ? other : document;
  const show = (asked: PeopleAsked, title: string) => (maySee ? () => setListed({ asked, title }) : undefined);
  const overlay = useMemo(
    () => (drawn ? buildOverlay(drawn, report ?? null, (asked, title) => (maySee ? () => setListed({ asked, title }) : undefined), (one) => describeNode(one)) : null),
    [drawn, report, maySee],
  );
  const shown: Shown | null = drawn && report ? { name, journey: drawn, report, chosen, range, show } : null;
  const isNode = node !== null && node !== TRIGGER && drawn?.nodes !== undefined && Object.hasOwn(drawn.nodes, node);
  return (
    <div className="watching">
      <ScopeBar journey={name} live={live} chosen={chosen} choose={setChosen} range={range} setRange={setRange} connection={isLive ? connection : null} />
      <Box flex={1} mih={0} className="beside">
        <Box flex={1} miw={0} mih={0}>{drawn && overlay ? <JourneyCanvas journey={drawn} overlay={overlay} chosen={node} choose={choose} /> : <Loading />}</Box>
        <ScrollArea component="aside" aria-label={says.details} w={{ base: '100%', sm: 360 }} h={{ base: '46%', sm: '100%' }} bg="var(--mantine-color-body)" className="details fixed">
          {shown === null ? (error ? <Failure error={error} retry={() => void refetch()} /> : <Loading />)
            : isNode ? <NodePanel shown={shown} chosen={node} back={() => choose(null)} />
            : <WholePanel shown={shown} live={live} choose={choose} setChosen={setChosen} />}
        </ScrollArea>
      </Box>
      {listed && <People journey={name} chosen={chosen} asked={listed.asked} title={listed.title} close={() => setListed(null)} follow={follow} />}
    </div>
  );
}

function PersonView({ name, live, document, person }: Watched & { readonly person: number }) {
  const [node, choose] = useState<string | null>(null);
  const follow = useFollow();
  const { data: whole, error, refetch } = useQuery({ ...askEnrollment(person), retry: false });
  const version = whole?.version ?? live;
  const { data: other } = useQuery({ ...askDocument(name, version), enabled: version !== live });
  const drawn = version === live ? document : other;
  const steps = useMemo(() => listSteps(whole?.visits ?? []), [whole]);
  const overlay = useMemo(() => (drawn && whole ? { nodes: markSteps(steps, whole.ended_at !== null), lines: {}, trail: buildTrail(drawn, steps, whole.node) } : undefined), [drawn, steps, whole]);
  if (error && !whole) return <Failure error={error} retry={() => void refetch()} />;
  if (!whole || !drawn || !overlay) return <Loading />;
  return (
    <Box flex={1} mih={0} className="beside">
      <Box flex={1} miw={0} mih={0}><JourneyCanvas journey={drawn} overlay={overlay} chosen={node} choose={choose} /></Box>
      <ScrollArea component="aside" aria-label={says.details} w={{ base: '100%', sm: 360 }} h={{ base: '50%', sm: '100%' }} bg="var(--mantine-color-body)" className="details fixed">
        <PersonPanel whole={whole} journey={drawn} steps={steps} chosen={node} choose={choose} back={() => follow(null)} />
      </ScrollArea>
    </Box>
  );
}

/** Shows the path of an enrollment, or (null) all figures again. */
function useFollow() {
  const navigate = useNavigate({ from: '/journeys/$key' });
  return (person: number | null) => void navigate({ search: person === null ? { view: 'watch' } : { view: 'watch', person } });
}
