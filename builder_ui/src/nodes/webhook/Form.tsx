import { Stack } from '@mantine/core';

import { ChoiceField, SwitchField } from '../../fields/ChoiceField';
import { DurationField } from '../../fields/DurationField';
import { MapField } from '../../fields/MapField';
import { NameSelect } from '../../fields/NameSelect';
import { TextField } from '../../fields/TextField';
import { kindOfValue } from '../../fields/values';
import { STRUCTURES, ValueField } from '../../fields/ValueField';
import { write } from '../../fields/write';
import type { WebhookNode } from '../../generated/journey';
import { More } from '../../inspector/parts';
import { words } from '../../words/language';
import { DataField } from '../parts/DataField';
import { TroubleField } from '../parts/TroubleField';
import type { FormProps } from '../types';

const says = words({
  en: {
    target: 'Calls', endpoint: 'An endpoint', url: 'An address', endpointName: 'Endpoint', endpointMore: 'Kept in the settings, with its secrets.', address: 'Address', wrongUrl: 'An address begins with https://', method: 'Method',
    body: 'Body', bodyMore: 'Sent as JSON.', addBody: 'Add a value', save: 'Keep of the answer', saveMore: 'Name in the context, and its place in the answer: body.customer.tier, status, headers.x-id.', place: (name: string) => `Place of ${name} in the answer`, addSave: 'Keep a value',
    on_error: 'If no good answer comes', on_errorMore: 'After all tries; or the answer lacks what is to be kept.', headers: 'Headers', headersMore: 'No secrets: those belong to endpoints.', header: (name: string) => `Value of ${name}`, addHeader: 'Add a header', timeout: 'The call may take', other: 'Another body', kind: 'The body is',
    object: 'named values', any: 'any JSON', wrongPlace: 'status, body, body.… or headers.…',
  },
  de: {
    target: 'Ruft auf', endpoint: 'Ein Endpunkt', url: 'Eine Adresse', endpointName: 'Endpunkt', endpointMore: 'Liegt mit seinen Geheimnissen in den Einstellungen.', address: 'Adresse', wrongUrl: 'Eine Adresse beginnt mit https://', method: 'Methode',
    body: 'Inhalt', bodyMore: 'Wird als JSON gesendet.', addBody: 'Wert hinzufügen', save: 'Aus der Antwort behalten', saveMore: 'Name im Kontext und Stelle in der Antwort: body.customer.tier, status, headers.x-id.', place: (name: string) => `Stelle von ${name} in der Antwort`, addSave: 'Wert behalten',
    on_error: 'Wenn keine gute Antwort kommt', on_errorMore: 'Nach allen Versuchen; oder der Antwort fehlt, was behalten werden soll.', headers: 'Kopfzeilen', headersMore: 'Keine Geheimnisse: die gehören zu Endpunkten.', header: (name: string) => `Wert von ${name}`, addHeader: 'Kopfzeile hinzufügen', timeout: 'Der Aufruf darf dauern', other: 'Anderer Inhalt', kind: 'Der Inhalt ist',
    object: 'benannte Werte', any: 'beliebiges JSON', wrongPlace: 'status, body, body.… oder headers.…',
  },
});

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const HEADER = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const URL_PATTERN = /^https?:\/\/\S+$/;

export function WebhookForm({ node, change }: FormProps<'webhook'>) {
  const put = <Field extends keyof WebhookNode>(field: Field, value: WebhookNode[Field] | undefined, typed?: string) => change(write(node, field, value), typed);
  const isUrl = node.url !== undefined;
  const aim = (to: 'endpoint' | 'url') => {
    const { endpoint: _endpoint, url: _url, ...rest } = node;
    change(to === 'url' ? { ...rest, url: 'https://' + 'example.com/' } : { ...rest, endpoint: '' });
  };
  return (
    <Stack gap="sm">
      <SwitchField label={says.target} value={isUrl ? 'url' : 'endpoint'} change={(next) => (next === 'url') !== isUrl && aim(next)} choices={[{ value: 'endpoint', label: says.endpoint }, { value: 'url', label: says.url }]} />
      {isUrl
        ? <TextField label={says.address} isCode value={node.url ?? ''} check={(text) => (URL_PATTERN.test(text) ? null : says.wrongUrl)} change={(url) => put('url', url, 'url')} />
        : <NameSelect label={says.endpointName} description={says.endpointMore} kind="endpoint" value={node.endpoint ?? ''} change={(endpoint) => put('endpoint', endpoint, 'endpoint')} />}
      <ChoiceField label={says.method} value={node.method ?? 'POST'} change={(method) => put('method', method === 'POST' ? undefined : method)} choices={METHODS.map((value) => ({ value, label: value }))} />
      <Body body={node.body} change={(body) => put('body', body, 'body')} />
      <MapField<string> label={says.save} description={says.saveMore} value={node.save} change={(save) => put('save', save, 'save')} blank="body" add={says.addSave}
        entry={(name, place, keep) => <TextField aria-label={says.place(name)} isCode value={place} check={(text) => (isPlace(text) ? null : says.wrongPlace)} change={keep} />} />
      <TroubleField label={says.on_error} description={says.on_errorMore} value={node.on_error} usual="exit" choices={['exit', 'continue']} change={(next) => put('on_error', next)} />
      <More isOpen={node.headers !== undefined || node.timeout !== undefined}>
        <MapField<string> label={says.headers} description={says.headersMore} pattern={HEADER} value={node.headers} change={(headers) => put('headers', headers, 'headers')} blank="" add={says.addHeader}
          entry={(name, each, keep) => <TextField aria-label={says.header(name)} value={each} change={keep} />} />
        <DurationField label={says.timeout} units={['seconds', 'minutes']} value={node.timeout ?? 'PT10S'} change={(timeout) => put('timeout', timeout, 'timeout')} />
      </More>
    </Stack>
  );
}

function isPlace(text: string): boolean {
  return /^(status|body|(body|headers)(\.[A-Za-z0-9_-]+)+)$/.test(text);
}

/** Named values mostly; any other JSON as it is written. */
function Body({ body, change }: { readonly body: unknown; readonly change: (body: unknown) => void }) {
  const kind = body === undefined || body === null || kindOfValue(body) === 'object' ? 'object' : 'any';
  return (
    <>
      {kind === 'object'
        ? <DataField label={says.body} description={says.bodyMore} add={says.addBody} value={(body ?? undefined) as { readonly [name: string]: unknown } | undefined} change={change} />
        : <ValueField label={says.body} kinds={STRUCTURES} value={body} change={change} />}
      <ChoiceField label={says.kind} isLabelHidden value={kind} change={(next) => next !== kind && change(next === 'any' ? [] : undefined)} choices={[{ value: 'object', label: `${says.kind} ${says.object}` }, { value: 'any', label: `${says.kind} ${says.any}` }]} />
    </>
  );
}
