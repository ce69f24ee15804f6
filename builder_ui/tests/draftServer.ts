// Stands for the server where drafts are kept, with a network that may lose what goes over it.
import { Refused } from '../src/api/client';
import type { JourneyShown } from '../src/api/types';
import type { DraftServer } from '../src/drafts/draft';
import { isSame } from '../src/drafts/same';
import type { Journey } from '../src/generated/journey';

export const start: Journey = { format: 1, key: 'j', name: '0', trigger: { kind: 'manual' } };

/** What becomes of a request on its way. `held` ones are let go by the test. */
export type Fate = 'answered' | 'lost before' | 'lost after' | 'held' | 'given up';

/** A server as server/api/journeys.py is, behind a network that the test decides about. */
export class Server implements DraftServer {
  document: Journey = start;
  revision = 1;
  fates: Fate[] = [];
  readonly held: (() => void)[] = [];
  readonly saves: string[] = [];
  refusal: Refused | null = null;
  /** Hears of every document that another one takes the place of. */
  replaced: (document: Journey) => void = () => {};

  readonly load = async (): Promise<JourneyShown> => this.travel(() => this.show());
  readonly save = async (_key: string, document: Journey, revision: number, isLeaving: boolean): Promise<JourneyShown> => {
    this.saves.push(`${document.name} on ${revision}${isLeaving ? ', leaving' : ''}`);
    return this.travel(() => this.put(document, revision));
  };

  put(document: Journey, revision: number): JourneyShown {
    if (this.refusal) throw this.refusal;
    if (revision !== this.revision) throw new Refused(409, `the draft is at revision ${this.revision}, and ${revision} was edited`);
    if (!isSame(document, this.document)) {
      this.replaced(this.document);
      this.document = JSON.parse(JSON.stringify(document)) as Journey;
      this.revision += 1;
    }
    return this.show();
  }

  /** Somebody else saves. */
  meanwhile(name: string): void {
    this.put({ ...start, name }, this.revision);
  }

  private show(): JourneyShown {
    return { key: 'j', name: this.document.name, state: 'draft', draft: this.document, revision: this.revision, version: null, inside: 0, paused_at: null, paused_for: null, paused_by: null, overdue: null, entries_paused: false, sends_paused: false };
  }

  private async travel(arrive: () => JourneyShown): Promise<JourneyShown> {
    const fate = this.fates.shift() ?? 'answered';
    const lost = new Refused(0, 'The server does not answer. Is it running?');
    if (fate === 'lost before') throw lost;
    if (fate === 'given up') {
      this.held.push(() => {
        try {
          arrive();
        } catch { /* nobody waits for this answer any more */ }
      });
      throw lost;
    }
    if (fate === 'held') await new Promise<void>((go) => this.held.push(go));
    const shown = arrive();
    if (fate === 'lost after') throw lost;
    return shown;
  }
}
