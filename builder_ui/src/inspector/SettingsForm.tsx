import { Group, Stack, TagsInput } from '@mantine/core';

import { ChoiceField, YesNoField } from '../fields/ChoiceField';
import { NumberField } from '../fields/NumberField';
import { TextField } from '../fields/TextField';
import { TimeField, ZoneSelect } from '../fields/TimeField';
import { unlessEmpty, write } from '../fields/write';
import type { Holidays, QuietHours, Settings, Utm } from '../generated/journey';
import { words } from '../words/language';
import { More, Section, type PartProps } from './parts';

const says = words({
  en: {
    name: 'Name', description: 'Description', long: 'At most 2000 characters', nameWrong: '1 to 120 characters', about: 'About it', zone: 'Times are in the zone', zoneMore: 'For waits and quiet hours.', messages: 'Messages', quiet: 'Keep quiet hours', quietMore: 'No message leaves in these hours of the contact’s zone.', from: 'From', to: 'To', policy: 'Messages then', hold: 'are held until they are over', skip: 'are skipped',
    utm: 'Campaign parameters on links (UTM)', utmMore: 'On links to your own sites, so that their statistics know who came by a letter. Clicks have to be followed.', source: 'Source', medium: 'Medium', campaign: 'Campaign', campaignMore: 'Without one: the journey’s key.', utmWrong: '1 to 100 characters',
    priority: 'Priority', priorityMore: 'Whose message goes first where sending limits leave a contact only some.', high: 'high', normal: 'normal', low: 'low',
    holdout: 'Held out', holdoutMore: 'So many get no marketing from this journey, to compare.', unsubscribe: 'Whoever unsubscribes leaves the journey', holidays: 'Holidays', holidaysMore: 'Waits that skip holidays do not end on them.', calendar: 'Public holidays of', calendarMore: 'A country or region: DE, or DE-BY.', calendarWrong: 'Such as DE or DE-BY', dates: 'Further days', datesMore: 'Such as 2026-12-24.', visits: 'Visits of one enrollment to one step, at most',
  },
  de: {
    name: 'Name', description: 'Beschreibung', long: 'Höchstens 2000 Zeichen', nameWrong: '1 bis 120 Zeichen', about: 'Über sie', zone: 'Zeiten gelten in der Zone', zoneMore: 'Für Wartezeiten und Ruhezeiten.', messages: 'Nachrichten', quiet: 'Ruhezeiten einhalten', quietMore: 'In diesen Stunden geht in der Zeitzone des Kontakts keine Nachricht hinaus.', from: 'Von', to: 'Bis', policy: 'Nachrichten werden dann', hold: 'gehalten, bis sie vorbei sind', skip: 'ausgelassen',
    utm: 'Kampagnenparameter an Links (UTM)', utmMore: 'An Links zu Ihren eigenen Seiten, damit deren Statistik weiß, wer durch einen Brief kam. Dafür müssen Klicks verfolgt werden.', source: 'Quelle', medium: 'Medium', campaign: 'Kampagne', campaignMore: 'Ohne eine: der Schlüssel der Journey.', utmWrong: '1 bis 100 Zeichen',
    priority: 'Vorrang', priorityMore: 'Wessen Nachricht zuerst hinausgeht, wo Sendegrenzen einem Kontakt nur einige lassen.', high: 'hoch', normal: 'normal', low: 'niedrig',
    holdout: 'Zurückgehalten', holdoutMore: 'So viele bekommen zum Vergleich kein Marketing aus dieser Journey.', unsubscribe: 'Wer sich abmeldet, verlässt die Journey', holidays: 'Feiertage', holidaysMore: 'Wartezeiten, die Feiertage überspringen, enden an ihnen nicht.', calendar: 'Gesetzliche Feiertage von', calendarMore: 'Ein Land oder eine Region: DE oder DE-BY.', calendarWrong: 'Etwa DE oder DE-BY', dates: 'Weitere Tage', datesMore: 'Etwa 2026-12-24.', visits: 'Besuche eines Durchgangs bei einem Schritt, höchstens',
  },
});

/** What the journey is called, and how all of it behaves. */
export function SettingsForm({ journey, put, change }: PartProps) {
  const settings = journey.settings ?? {};
  const keep = <Field extends keyof Settings>(field: Field, value: Settings[Field] | undefined, typed?: string) => {
    const some = unlessEmpty(write(settings, field, value));
    return some ? change({ settings: some }, typed && `settings/${typed}`) : put(write(journey, 'settings', undefined));
  };
  const { quiet_hours: quiet, holidays, utm } = settings;
  return (
    <Stack gap="lg">
      <Section title={says.about}>
        <TextField label={says.name} value={journey.name} check={(text) => (text.trim() === '' || text.length > 120 ? says.nameWrong : null)} change={(name) => change({ name }, 'name')} />
        <TextField label={says.description} rows={2} value={journey.description ?? ''} check={(text) => (text.length > 2000 ? says.long : null)} change={(description) => change({ description }, 'description')} />
        <ZoneSelect label={says.zone} description={says.zoneMore} value={settings.timezone ?? 'contact'} change={(zone) => keep('timezone', zone === 'contact' ? undefined : zone)} />
      </Section>
      <Section title={says.messages}>
        <YesNoField label={says.quiet} description={says.quietMore} value={quiet !== undefined} change={(next) => keep('quiet_hours', next ? { from: '21:00', to: '08:00' } : undefined)} />
        {quiet && <Quiet quiet={quiet} change={(next, field) => keep('quiet_hours', next, field)} />}
        <ChoiceField label={says.priority} description={says.priorityMore} value={settings.priority ?? 'normal'} change={(next) => keep('priority', next === 'normal' ? undefined : next)} choices={[{ value: 'high', label: says.high }, { value: 'normal', label: says.normal }, { value: 'low', label: says.low }]} />
        <NumberField label={says.holdout} description={says.holdoutMore} suffix=" %" min={0} max={100} value={settings.holdout_percent ?? 0} change={(n) => keep('holdout_percent', n || undefined, 'holdout_percent')} />
        <YesNoField label={says.utm} description={says.utmMore} value={utm !== undefined} change={(next) => keep('utm', next ? { source: 'sojourn' } : undefined)} />
        {utm && <UtmFields utm={utm} journey={journey.key} change={(next, field) => keep('utm', next, field)} />}
        <YesNoField label={says.unsubscribe} value={settings.exit_on_unsubscribe} change={(next) => keep('exit_on_unsubscribe', next)} />
      </Section>
      <Section title={says.holidays}>
        <HolidayFields holidays={holidays ?? {}} change={(next, field) => keep('holidays', unlessEmpty(next), field)} />
      </Section>
      <More isOpen={settings.visit_limit !== undefined}>
        <NumberField label={says.visits} min={1} max={10_000} value={settings.visit_limit ?? 100} change={(n) => n !== undefined && n >= 1 && keep('visit_limit', n === 100 ? undefined : n, 'visit_limit')} />
      </More>
    </Stack>
  );
}

function Quiet({ quiet, change }: { readonly quiet: QuietHours; readonly change: (quiet: QuietHours, field?: string) => void }) {
  return (
    <>
      <Group grow gap="xs">
        <TimeField label={says.from} value={quiet.from} change={(from) => from && change({ ...quiet, from }, 'quiet/from')} />
        <TimeField label={says.to} value={quiet.to} change={(to) => to && change({ ...quiet, to }, 'quiet/to')} />
      </Group>
      <ChoiceField label={says.policy} value={quiet.policy ?? 'hold'} change={(policy) => change(write(quiet, 'policy', policy === 'hold' ? undefined : policy))} choices={[{ value: 'hold', label: says.hold }, { value: 'skip', label: says.skip }]} />
    </>
  );
}

function UtmFields({ utm, journey, change }: { readonly utm: Utm; readonly journey: string; readonly change: (utm: Utm, field?: string) => void }) {
  const check = (text: string) => (text.trim() === '' || text.length > 100 ? says.utmWrong : null);
  return (
    <>
      <Group grow gap="xs">
        <TextField label={says.source} value={utm.source} check={check} change={(source) => change({ ...utm, source }, 'utm/source')} />
        <TextField label={says.medium} value={utm.medium ?? 'email'} check={check} change={(medium) => change(write(utm, 'medium', medium === 'email' ? undefined : medium), 'utm/medium')} />
      </Group>
      <TextField label={says.campaign} description={says.campaignMore} placeholder={journey} value={utm.campaign ?? ''} check={(text) => (text.length > 100 ? says.utmWrong : null)} change={(campaign) => change(write(utm, 'campaign', campaign === '' ? undefined : campaign), 'utm/campaign')} />
    </>
  );
}

function HolidayFields({ holidays, change }: { readonly holidays: Holidays; readonly change: (holidays: Holidays, field?: string) => void }) {
  const isDay = (text: string) => /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text);
  return (
    <>
      <TextField label={says.calendar} description={says.calendarMore} isCode value={holidays.calendar ?? ''} check={(text) => (text === '' || /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(text) ? null : says.calendarWrong)} change={(calendar) => change(write(holidays, 'calendar', calendar === '' ? undefined : calendar), 'holidays/calendar')} />
      <TagsInput size="xs" label={says.dates} description={says.datesMore} value={[...(holidays.dates ?? [])]} acceptValueOnBlur onChange={(dates) => change(write(holidays, 'dates', dates.filter(isDay).length > 0 ? dates.filter(isDay) : undefined))} />
    </>
  );
}
