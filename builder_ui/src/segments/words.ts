import { words } from '../words/language';

export const says = words({
  en: {
    title: 'Segments', more: 'Saved conditions, and for whom they are true now.', create: 'New segment', search: 'Search', none: 'No segments yet', noneMore: 'A segment is a question about contacts that is kept: “bought three times in 90 days”. Journeys begin when somebody joins it, and ask whether somebody is in it.', notFound: 'No such segment', notFoundMore: 'Try another word.',
    size: 'Contacts', joined: 'Joined, last 30 days', joinedOf: (name: string, n: string) => `${name}: ${n} of its members joined in the last 30 days`, usedBy: 'Used by', nobody: 'nothing yet', changed: 'Changed', finding: 'being found …', segment: (key: string) => `segment ${key}`,
    back: 'All segments', who: 'Who is in it', save: 'Save', saved: 'The segment is saved. Who is in it is being found out.', unsaved: 'Not saved', conflict: 'Somebody else changed this segment meanwhile. Load theirs, or save over it.', load: 'Load theirs', overwrite: 'Save over theirs', name: 'Name', key: 'Key', remove: 'Delete', removed: 'The segment is deleted.', sure: 'Nothing uses it. Delete it?', cancel: 'Cancel', close: 'Close', make: 'Keep',
    members: 'Members', since: 'since', noMembers: 'Nobody now.', now: 'in it now', growth: 'When those joined who are in it', noEnter: 'With another condition nobody enters by that: journeys that wait for somebody to join do not begin for whom an edit brings in.', live: 'live', draftOnly: 'draft', more2: 'More',
  },
  de: {
    title: 'Segmente', more: 'Gespeicherte Bedingungen, und für wen sie jetzt zutreffen.', create: 'Neues Segment', search: 'Suchen', none: 'Noch keine Segmente', noneMore: 'Ein Segment ist eine Frage an Kontakte, die behalten wird: „hat in 90 Tagen dreimal gekauft“. Journeys beginnen, wenn jemand dazukommt, und fragen, ob jemand darin ist.', notFound: 'Kein solches Segment', notFoundMore: 'Versuchen Sie ein anderes Wort.',
    size: 'Kontakte', joined: 'Dazugekommen, 30 Tage', joinedOf: (name: string, n: string) => `${name}: ${n} der Mitglieder kamen in den letzten 30 Tagen dazu`, usedBy: 'Verwendet von', nobody: 'noch nichts', changed: 'Geändert', finding: 'wird ermittelt …', segment: (key: string) => `Segment ${key}`,
    back: 'Alle Segmente', who: 'Wer darin ist', save: 'Speichern', saved: 'Das Segment ist gespeichert. Wer darin ist, wird ermittelt.', unsaved: 'Nicht gespeichert', conflict: 'Jemand anderes hat dieses Segment inzwischen geändert. Laden Sie es, oder überschreiben Sie es.', load: 'Das andere laden', overwrite: 'Überschreiben', name: 'Name', key: 'Schlüssel', remove: 'Löschen', removed: 'Das Segment ist gelöscht.', sure: 'Nichts verwendet es. Löschen?', cancel: 'Abbrechen', close: 'Schließen', make: 'Behalten',
    members: 'Mitglieder', since: 'seit', noMembers: 'Jetzt niemand.', now: 'jetzt darin', growth: 'Wann die dazukamen, die darin sind', noEnter: 'Durch eine andere Bedingung tritt niemand ein: Journeys, die auf Neue warten, beginnen nicht für die, die eine Änderung hineinbringt.', live: 'live', draftOnly: 'Entwurf', more2: 'Mehr',
  },
});
