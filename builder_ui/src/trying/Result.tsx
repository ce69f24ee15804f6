import { Anchor, Box, Button, Group, NativeSelect, ScrollArea, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAdjustments, IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';

import { JourneyCanvas } from '../canvas/JourneyCanvas';
import type { Mark, Overlay } from '../canvas/overlay';
import type { Journey } from '../generated/journey';
import { draw } from '../graph/flow';
import { traceTrail } from '../graph/trail';
import { sayInstant } from '../words/formats';
import { sayReason } from '../words/reasons';
import { Figures } from './Figures';
import { overlayFigures } from './crowd';
import { findZone, type Frame, listTrod, makeFrames, type Stay, type Story } from './frames';
import type { Tried } from './kept';
import { Player } from './Player';
import { sayLetter, sayOnClock, sayTime } from './said';
import { StorySteps } from './StorySteps';
import { Token } from './Token';
import { useFilm } from './useFilm';
import { says } from './words';

type Told = { readonly name: string; readonly label: string; readonly story: Story; readonly stay: Stay };
type View = 'story' | 'figures';

/** What a simulation came to: one person's way as a film, or everybody's figures. */
export function Result({ tried, name, isSample, isOld, onAgain, onChange }: {
  readonly tried: Tried;
  /** Of a contact that was described. */
  readonly name: string;
  readonly isSample: boolean;
  /** The draft has been edited since. */
  readonly isOld: boolean;
  readonly onAgain: () => void;
  readonly onChange: () => void;
}) {
  const { document, told } = tried;
  const films = useMemo(() => listTold(told.stories, name), [told, name]);
  const [view, setView] = useState<View>(isSample || films.length === 0 ? 'figures' : 'story');
  const [chosen, choose] = useState(0);
  const film = films[chosen];
  return (
    <Box flex={1} mih={0} className="beside trying">
      {view === 'story' && film ? (
        <Playing key={chosen} document={document} until={told.until} film={film} aside={(story) => (
          <Side view={view} setView={setView} hasFilm isOld={isOld} onAgain={onAgain} onChange={onChange}>
            {films.length > 1 && <NativeSelect size="xs" label={says.stories} value={chosen} onChange={(event) => choose(Number(event.currentTarget.value))} data={films.map(({ label }, place) => ({ value: String(place), label }))} />}
            {isId(film.story.contact) && film.story.contact !== 'described' && <Anchor component={Link} to={`/contacts/${film.story.contact}`} size="sm">{says.openContact}</Anchor>}
            {story}
          </Side>
        )} />
      ) : (
        <>
          <Box flex={1} miw={0} mih={0} className="tried-canvas"><JourneyCanvas journey={document} overlay={overlayFigures(document, told)} chosen={null} choose={() => {}} /></Box>
          <Side view={view} setView={setView} hasFilm={film !== undefined} isOld={isOld} onAgain={onAgain} onChange={onChange}>
            <Text size="sm" c="dimmed">{sayInstant(told.begins_at)} – {sayInstant(told.until)}</Text>
            <Figures journey={document} told={told} />
          </Side>
        </>
      )}
    </Box>
  );
}

function Side({ view, setView, hasFilm, isOld, onAgain, onChange, children }: {
  readonly view: View;
  readonly setView: (view: View) => void;
  readonly hasFilm: boolean;
  readonly isOld: boolean;
  readonly onAgain: () => void;
  readonly onChange: () => void;
  readonly children: ReactNode;
}) {
  return (
    <ScrollArea component="aside" aria-label={says.result} w={{ base: '100%', sm: 380 }} h={{ base: '46%', sm: '100%' }} bg="var(--mantine-color-body)" className="details">
      <Stack>
        <Group justify="space-between" wrap="nowrap">
          <SegmentedControl size="xs" aria-label={says.result} value={view} onChange={(next) => setView(next as View)} data={[{ value: 'story', label: says.stories, disabled: !hasFilm }, { value: 'figures', label: says.figures }]} />
          <Group gap={6} wrap="nowrap">
            <Button size="compact-xs" variant="default" leftSection={<IconAdjustments size={14} />} onClick={onChange}>{says.changeSetup}</Button>
            <Button size="compact-xs" variant="light" leftSection={<IconRefresh size={14} />} onClick={onAgain}>{says.again}</Button>
          </Group>
        </Group>
        {isOld && <Text size="sm" c="dimmed" role="status">{says.old}</Text>}
        {children}
      </Stack>
    </ScrollArea>
  );
}

function Playing({ document, until, film: { name, stay }, aside }: { readonly document: Journey; readonly until: string; readonly film: Told; readonly aside: (story: ReactNode) => ReactNode }) {
  const frames = useMemo(() => makeFrames(stay, until), [stay, until]);
  const zone = findZone(stay);
  const film = useFilm(frames.length);
  const { steps } = useMemo(() => draw(document), [document]);
  const frame = frames[film.place];
  return (
    <>
      <Box flex={1} miw={0} mih={0} className="tried-canvas">
        <Box flex={1} mih={0}>
          <JourneyCanvas journey={document} overlay={overlayStory(document, frames, film.place, zone)} chosen={null} choose={(key) => {
            const place = frames.findIndex((one) => one.node === key);
            if (place >= 0) film.go(place);
          }}>
            {frame && <Token steps={steps} at={frame.token} name={name} />}
          </JourneyCanvas>
        </Box>
        <Player frames={frames} film={film} zone={zone} />
      </Box>
      {aside(<StorySteps journey={document} frames={frames} place={film.place} zone={zone} go={film.go} />)}
    </>
  );
}

/** The way so far stands out; each card says when it was come to, and what left there. */
function overlayStory(journey: Journey, frames: readonly Frame[], place: number, zone: string | undefined): Overlay {
  const nodes: Record<string, Mark[]> = {};
  for (const frame of frames.slice(0, place + 1)) {
    const marks = (nodes[frame.node] ??= []);
    if (marks.length === 0) marks.push({ words: says.dayAt(frame.day, sayTime(frame.at, zone)), title: sayOnClock(frame.at, zone) });
    if (frame.kind === 'message') marks.push({ words: says.shortFates[frame.fate] ?? frame.fate, title: sayLetter(frame), color: frame.fate === 'sent' ? 'green' : 'orange' });
  }
  return { nodes: Object.fromEntries(Object.entries(nodes).map(([key, marks]) => [key, marks.slice(0, 2)])), lines: {}, trail: traceTrail(journey, listTrod(frames, place)) };
}

function listTold(stories: readonly Story[], name: string): readonly Told[] {
  return stories.flatMap((story, number) => story.stays.map((stay) => {
    const who = story.contact === 'described' && name ? name : isId(story.contact) ? says.contactN(number + 1) : story.contact;
    const end = `${says.end[stay.end] ?? stay.end}${stay.reason ? `, ${sayReason(stay.reason, 'ExitReason')}` : ''}`;
    return { name: who, label: `${who}${stay.entry_key ? ` (${says.entryN(stay.entry_key)})` : ''}: ${end}`, story, stay };
  }));
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text) || text === 'described';
}
