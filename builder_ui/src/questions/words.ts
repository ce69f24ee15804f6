import { words } from '../words/language';

export const says = words({
  en: {
    title: 'Questions', more: 'What journeys ask colleagues. People wait until somebody answers, or until it is due.', show: 'Which', open: 'Open', all: 'All', none: 'Nothing to answer', noneMore: 'A journey asks here with the step “Ask a colleague”: approve an offer, choose a way, fill in a form.', noneAnswered: 'Nothing was asked so far',
    to: (who: string) => `for ${who}`, asked: (when: string) => `asked ${when}`, due: (when: string) => `due ${when}`, escalated: 'escalated', escalatedAt: (when: string) => `Nobody had answered, so somebody else was told on ${when}.`,
    states: { open: 'open', answered: 'answered', closed: 'closed' } as Readonly<Record<string, string>>, back: 'All questions', about: 'About', journey: 'Journey', contact: 'Contact', step: 'Step', answer: 'Your answer', choose: 'Choose', form: 'Fill in', yes: 'Yes', no: 'No', missing: (names: string) => `Please fill in: ${names}.`,
    answered: (by: string, when: string) => `${by} answered on ${when}`, closed: (when: string) => `It was not answered in time, or is not asked any more (${when}).`, done: 'Answered. The journey goes on with that.', dueMore: 'Then the journey goes on without an answer.', anonymous: 'Anonymous', pick: 'Choose …',
  },
  de: {
    title: 'Fragen', more: 'Was Journeys Kollegen fragen. Menschen warten, bis jemand antwortet oder die Frist abläuft.', show: 'Welche', open: 'Offen', all: 'Alle', none: 'Nichts zu beantworten', noneMore: 'Eine Journey fragt hier mit dem Schritt „Kollegen fragen“: ein Angebot freigeben, einen Weg wählen, ein Formular ausfüllen.', noneAnswered: 'Bisher wurde nichts gefragt',
    to: (who: string) => `für ${who}`, asked: (when: string) => `gefragt ${when}`, due: (when: string) => `fällig ${when}`, escalated: 'eskaliert', escalatedAt: (when: string) => `Niemand hatte geantwortet, darum wurde am ${when} jemand anderem Bescheid gegeben.`,
    states: { open: 'offen', answered: 'beantwortet', closed: 'geschlossen' } as Readonly<Record<string, string>>, back: 'Alle Fragen', about: 'Worum es geht', journey: 'Journey', contact: 'Kontakt', step: 'Schritt', answer: 'Ihre Antwort', choose: 'Wählen', form: 'Ausfüllen', yes: 'Ja', no: 'Nein', missing: (names: string) => `Bitte füllen Sie aus: ${names}.`,
    answered: (by: string, when: string) => `${by} hat am ${when} geantwortet`, closed: (when: string) => `Sie wurde nicht rechtzeitig beantwortet oder wird nicht mehr gestellt (${when}).`, done: 'Beantwortet. Die Journey geht damit weiter.', dueMore: 'Dann geht die Journey ohne Antwort weiter.', anonymous: 'Anonym', pick: 'Wählen …',
  },
});
