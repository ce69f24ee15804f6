// What colleagues, keys and the console did, in words.
import { words } from '../words/language';

type Said = { readonly name: string | null; readonly actor: string; readonly action: string; readonly target: string };

const says = words({
  en: {
    console: 'The console', key: 'A key', gone: 'A former user', system: 'Sojourn',
    sorts: { asset: 'Files', broadcast: 'Broadcasts', clock: 'Clock', contact: 'Contacts', contacts: 'Imports', coupons: 'Coupons', source: 'Fetched content', endpoint: 'Endpoints', enrollment: 'People in journeys', enrollments: 'Repairs', identity_secret: 'Identity secret', journey: 'Journeys', journeys: 'Folders of journeys', key: 'Keys', owner: 'First owner', question: 'Questions', queues: 'Queues', segment: 'Segments', sender: 'Senders', sending_limit: 'Sending limits', stream: 'Brakes', template: 'Templates', topic: 'Topics', user: 'Users' } as Readonly<Record<string, string>>,
    did: {
      'asset.added': 'uploaded the file', 'asset.deleted': 'deleted the file', 'sender.saved': 'saved the sender', 'sender.deleted': 'removed the sender',
      'broadcast.sent': 'sent or scheduled the broadcast', 'clock.advanced': 'moved the clock ahead', 'contact.changed': 'changed a contact', 'contact.consent': 'recorded a choice of a contact', 'contact.created': 'made a contact', 'contact.erased': 'erased a contact', 'contact.exported': 'took a copy of a contact', 'contact.released': 'let an address be written to again', 'contact.suppressed': 'suppressed an address', 'contacts.imported': 'imported contacts', 'contacts.suppressed': 'imported a list of suppressed addresses', 'contacts.import_started': 'began an import', 'contacts.import_cancelled': 'cancelled an import',
      'coupons.brought_in': 'brought codes in to', 'coupons.changed': 'changed the coupon pool', 'coupons.deleted': 'deleted the coupon pool', 'coupons.generated': 'made up codes for', 'coupons.made': 'made the coupon pool', 'coupons.withdrawn': 'took back unused codes of',
      'source.changed': 'changed the source', 'source.deleted': 'deleted the source', 'source.made': 'made the source', 'source.tried': 'tried out the source',
      'endpoint.changed': 'changed the endpoint', 'endpoint.deleted': 'removed the endpoint', 'endpoint.made': 'made the endpoint', 'endpoint.secret_rotated': 'replaced the secret of', 'endpoint.old_secret_ended': 'ended the old secret of', 'endpoint.enabled': 'let calls go again to', 'endpoint.replayed': 'replayed calls to', 'endpoint.tested': 'tried out the endpoint',
      'enrollment.ejected': 'took somebody out of a journey', 'enrollment.skipped': 'sent somebody past a step', 'enrollments.repaired': 'repaired enrollments', 'identity_secret.shown': 'looked at the identity secret',
      'journey.archived': 'put away the journey', 'journey.backfill_cancelled': 'cancelled the backfill of', 'journey.begun': 'began the journey', 'journey.deleted': 'deleted the journey', 'journey.entered': 'let people into', 'journey.paused': 'paused', 'journey.published': 'published', 'journey.resumed': 'resumed', 'journey.stopped': 'stopped', 'journey.unarchived': 'brought back the journey', 'journeys.applied': 'applied a folder of journeys',
      'key.created': 'made a key', 'key.revoked': 'revoked a key', 'owner.created': 'made the first owner', 'public_pages.saved': 'changed how the public pages look:', 'question.answered': 'answered a question', 'queues.replayed': 'put back what was set aside', 'segment.deleted': 'deleted the segment', 'segment.saved': 'saved the segment', 'sending_limit.deleted': 'removed the sending limit', 'sending_limit.saved': 'saved the sending limit', 'stream.resumed': 'let marketing go on', 'template.deleted': 'deleted the template', 'template.saved': 'saved the template', 'topic.saved': 'saved the topic',
      'user.added': 'added a user', 'user.created': 'made a user', 'user.disabled': 'let a user in no more', 'user.enabled': 'let a user in again', 'user.logged_in': 'logged in', 'user.notices_by_mail': 'chose whether notices come by e-mail', 'user.password_changed': 'gave a user another password', 'user.role_changed': 'gave a user another role',
    } as Readonly<Record<string, string>>,
  },
  de: {
    console: 'Die Konsole', key: 'Ein Schlüssel', gone: 'Ein früherer Benutzer', system: 'Sojourn',
    sorts: { asset: 'Dateien', broadcast: 'Rundsendungen', clock: 'Uhr', contact: 'Kontakte', contacts: 'Importe', coupons: 'Gutscheine', source: 'Geholte Inhalte', endpoint: 'Endpunkte', enrollment: 'Menschen in Journeys', enrollments: 'Reparaturen', identity_secret: 'Identitätsgeheimnis', journey: 'Journeys', journeys: 'Ordner von Journeys', key: 'Schlüssel', owner: 'Erster Eigentümer', question: 'Fragen', queues: 'Warteschlangen', segment: 'Segmente', sender: 'Absender', sending_limit: 'Sendegrenzen', stream: 'Bremsen', template: 'Vorlagen', topic: 'Themen', user: 'Benutzer' } as Readonly<Record<string, string>>,
    did: {
      'asset.added': 'hat die Datei hochgeladen:', 'asset.deleted': 'hat die Datei gelöscht:', 'sender.saved': 'hat den Absender gespeichert:', 'sender.deleted': 'hat den Absender entfernt:',
      'broadcast.sent': 'hat die Rundsendung gesendet oder geplant:', 'clock.advanced': 'hat die Uhr vorgestellt', 'contact.changed': 'hat einen Kontakt geändert', 'contact.consent': 'hat die Wahl eines Kontakts festgehalten', 'contact.created': 'hat einen Kontakt angelegt', 'contact.erased': 'hat einen Kontakt gelöscht', 'contact.exported': 'hat eine Kopie eines Kontakts gezogen', 'contact.released': 'hat eine Adresse wieder freigegeben', 'contact.suppressed': 'hat eine Adresse gesperrt', 'contacts.imported': 'hat Kontakte importiert', 'contacts.suppressed': 'hat eine Liste gesperrter Adressen importiert', 'contacts.import_started': 'hat einen Import begonnen', 'contacts.import_cancelled': 'hat einen Import abgebrochen',
      'coupons.brought_in': 'hat Codes hinzugefügt zu', 'coupons.changed': 'hat den Gutscheintopf geändert:', 'coupons.deleted': 'hat den Gutscheintopf gelöscht:', 'coupons.generated': 'hat Codes ausgedacht für', 'coupons.made': 'hat den Gutscheintopf angelegt:', 'coupons.withdrawn': 'hat unbenutzte Codes zurückgenommen von',
      'source.changed': 'hat die Quelle geändert:', 'source.deleted': 'hat die Quelle gelöscht:', 'source.made': 'hat die Quelle angelegt:', 'source.tried': 'hat die Quelle ausprobiert:',
      'endpoint.changed': 'hat den Endpunkt geändert:', 'endpoint.deleted': 'hat den Endpunkt entfernt:', 'endpoint.made': 'hat den Endpunkt angelegt:', 'endpoint.secret_rotated': 'hat das Geheimnis ersetzt von', 'endpoint.old_secret_ended': 'hat das alte Geheimnis beendet von', 'endpoint.enabled': 'lässt wieder Aufrufe zu an', 'endpoint.replayed': 'hat Aufrufe wiederholt an', 'endpoint.tested': 'hat den Endpunkt ausprobiert:',
      'enrollment.ejected': 'hat jemanden aus einer Journey genommen', 'enrollment.skipped': 'hat jemanden einen Schritt weitergeschickt', 'enrollments.repaired': 'hat Enrollments repariert', 'identity_secret.shown': 'hat das Identitätsgeheimnis angesehen',
      'journey.archived': 'hat die Journey weggelegt:', 'journey.backfill_cancelled': 'hat den Nachtrag abgebrochen von', 'journey.begun': 'hat die Journey begonnen:', 'journey.deleted': 'hat die Journey gelöscht:', 'journey.entered': 'hat Menschen eintreten lassen in', 'journey.paused': 'hat pausiert:', 'journey.published': 'hat veröffentlicht:', 'journey.resumed': 'hat fortgesetzt:', 'journey.stopped': 'hat beendet:', 'journey.unarchived': 'hat die Journey zurückgeholt:', 'journeys.applied': 'hat einen Ordner von Journeys angewandt',
      'key.created': 'hat einen Schlüssel angelegt', 'key.revoked': 'hat einen Schlüssel widerrufen', 'owner.created': 'hat den ersten Eigentümer angelegt', 'public_pages.saved': 'hat das Aussehen geändert:', 'question.answered': 'hat eine Frage beantwortet', 'queues.replayed': 'hat Zurückgestelltes wiederholt', 'segment.deleted': 'hat das Segment gelöscht:', 'segment.saved': 'hat das Segment gespeichert:', 'sending_limit.deleted': 'hat die Sendegrenze entfernt:', 'sending_limit.saved': 'hat die Sendegrenze gespeichert:', 'stream.resumed': 'lässt das Marketing weiterlaufen:', 'template.deleted': 'hat die Vorlage gelöscht:', 'template.saved': 'hat die Vorlage gespeichert:', 'topic.saved': 'hat das Thema gespeichert:',
      'user.added': 'hat einen Benutzer hinzugefügt', 'user.created': 'hat einen Benutzer angelegt', 'user.disabled': 'hat einen Benutzer ausgesperrt', 'user.enabled': 'hat einen Benutzer wieder eingelassen', 'user.logged_in': 'hat sich angemeldet', 'user.notices_by_mail': 'hat gewählt, ob Mitteilungen per E-Mail kommen', 'user.password_changed': 'hat einem Benutzer ein anderes Passwort gegeben', 'user.role_changed': 'hat einem Benutzer eine andere Rolle gegeben',
    } as Readonly<Record<string, string>>,
  },
});

/** The sorts of things that something is done to, by their names in words. */
export function listSorts(): readonly { readonly value: string; readonly label: string }[] {
  return Object.entries(says.sorts).map(([value, label]) => ({ value, label })).toSorted((one, other) => one.label.localeCompare(other.label));
}

/** Who did it. */
export function sayWho({ name, actor }: Said): string {
  if (name !== null) return name;
  if (actor === 'console') return says.console;
  if (actor.startsWith('key:')) return `${says.key} (${actor.slice(4)})`;
  return actor.startsWith('user:') ? says.gone : says.system;
}

/** What was done; one that this page does not know stays as it is called. */
export function sayDeed({ action }: Said): string {
  return says.did[action] ?? action;
}

/** The screen of what it was done to, if it has one. */
export function findScreen({ action, target }: Said): string | null {
  const [sort] = action.split('.');
  const key = target.split(' ')[0] ?? '';
  if (!key || action.endsWith('.deleted')) return null;
  if (sort === 'journey') return `/journeys/${key}`;
  if (sort === 'broadcast') return `/broadcasts/${key}`;
  if (sort === 'segment') return `/segments/${key}`;
  if (sort === 'template') return `/templates/${key}`;
  if (sort === 'contact') return action === 'contact.erased' ? null : `/contacts/${key}`;
  if (sort === 'asset') return '/files';
  if (sort === 'sender') return '/settings/senders';
  if (sort === 'topic') return '/settings/topics';
  if (sort === 'coupons') return `/coupons/${key}`;
  if (sort === 'source') return '/settings/fetched';
  if (sort === 'sending_limit') return '/settings/limits';
  return sort === 'endpoint' ? `/settings/endpoints/${key}` : null;
}
