import { words } from '../words/language';

export const says = words({
  en: { bell: 'Notices', unread: (n: string) => `Notices, ${n} unread`, title: 'Notices', close: 'Close', none: 'No notices', noneMore: 'Journeys tell colleagues something here with the step “Tell a colleague”, and the product when something is wrong.', markAll: 'Mark all as read', new_: 'new', to: (who: string) => `to ${who}`, contact: 'Contact', question: 'Answer', product: 'from the product' },
  de: { bell: 'Mitteilungen', unread: (n: string) => `Mitteilungen, ${n} ungelesen`, title: 'Mitteilungen', close: 'Schließen', none: 'Keine Mitteilungen', noneMore: 'Journeys sagen Kollegen hier etwas mit dem Schritt „Kollegen benachrichtigen“, und das Produkt, wenn etwas nicht stimmt.', markAll: 'Alle als gelesen markieren', new_: 'neu', to: (who: string) => `an ${who}`, contact: 'Kontakt', question: 'Antworten', product: 'vom Produkt' },
});
