// A journey's draft while somebody edits it: kept here at once, on the server after a pause.
//
// No update is lost. Every save names the revision it began from (If-Match), and only one is under way at a time. If
// the server has another revision, nothing is saved until a person has chosen. A save whose answer is lost may have
// arrived: until that is known, the draft does not count as saved, and the document is recognised if it did.
import { Refused } from '../api/client';
import type { JourneyShown } from '../api/types';
import type { Journey } from '../generated/journey';
import { begin, close, type History, isKept, keep, redo, take, undo } from '../graph/edit/history';
import type { EditStep } from '../graph/edit/steps';
import { words } from '../words/language';
import { isSame } from './same';

const says = words({
  en: { newer: 'Take the newer draft', other: 'Take the other draft', own: 'Keep my draft' },
  de: { newer: 'Den neueren Entwurf nehmen', other: 'Den anderen Entwurf nehmen', own: 'Meinen Entwurf behalten' },
});

export const PAUSE = 1000;
export const LONGEST_RETRY = 60_000;

export type DraftServer = {
  readonly load: (key: string) => Promise<JourneyShown>;
  /** Rejects with `Refused`: 409 or 412 if the draft has another revision, 0 if nobody answers. */
  readonly save: (key: string, document: Journey, revision: number, isLeaving: boolean) => Promise<JourneyShown>;
};

export type DraftView = {
  readonly journey: Journey;
  readonly status: 'saved' | 'unsaved' | 'saving' | 'offline' | 'conflict';
  /** What would be undone and done again; null if nothing would. */
  readonly undo: string | null;
  readonly redo: string | null;
  /** Why the server does not take the draft, in its words; it is asked again after the next edit. */
  readonly problem: string | null;
  /** In a conflict: what somebody else saved meanwhile. */
  readonly theirs: Journey | null;
};

export class Draft {
  readonly #server: DraftServer;
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #history: History<Journey>;
  #revision: number;
  #view: DraftView;
  #isSaving = false;
  #isOffline = false;
  /** A save went out and no answer came back, so the server may have what it sent. */
  #isUnsure = false;
  /** Asked to save while a save was under way: the next one begins right after it. */
  #isHurried = false;
  /** What was sent since the revision was another. */
  readonly #sent = new Set<Journey>();
  #theirs: JourneyShown | null = null;
  #problem: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;

  static async load(server: DraftServer, key: string): Promise<Draft> {
    return new Draft(server, await server.load(key));
  }

  constructor(server: DraftServer, { key, draft, revision }: JourneyShown) {
    this.#server = server;
    this.#key = key;
    this.#history = begin(draft);
    this.#revision = revision;
    this.#view = this.#look();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): DraftView => this.#view;

  edit({ label, change, field }: EditStep): void {
    this.#go(take(this.#history, change(this.#history.present), label, field ?? null));
  }

  undo(): void {
    this.#go(undo(this.#history));
  }

  redo(): void {
    this.#go(redo(this.#history));
  }

  /** Typing in a field is over; undo takes back what comes next by itself. */
  closeField(): void {
    this.#history = close(this.#history);
  }

  /** Save now what is not saved. The page may be gone before the answer comes, if it is being left. */
  flush(isLeaving = false): void {
    this.#isHurried = this.#isSaving;
    void this.#save(isLeaving);
  }

  /** End a conflict: save mine over theirs, of which the person has been told. Theirs is one undo away. */
  keepMine(): void {
    if (!this.#theirs) return;
    const { draft, revision } = this.#theirs;
    const mine = this.#history.present;
    this.#history = take(take(this.#history, draft, says.other), mine, says.own);
    this.#adopt(draft, revision);
    void this.#save();
  }

  /** End a conflict: go on from theirs. Mine is one undo away. */
  takeTheirs(): void {
    if (!this.#theirs) return;
    const { draft, revision } = this.#theirs;
    this.#history = take(this.#history, draft, says.other);
    this.#adopt(draft, revision);
    this.#rest();
  }

  /** The server's draft, looked up by the way: taken if it is newer and nothing here is unsaved. Answers whether it says something else. */
  meet({ draft, revision }: JourneyShown): boolean {
    if (revision <= this.#revision || this.#isSaving || this.#theirs || !this.#isSettled()) return false;
    const { present } = this.#history;
    const isOther = !isSame(draft, present);
    if (isOther) this.#history = take(this.#history, draft, says.newer);
    this.#adopt(isOther ? draft : present, revision);
    this.#publish();
    return isOther;
  }

  #go(history: History<Journey>): void {
    if (history === this.#history) return;
    this.#history = history;
    this.#problem = null;
    if (!this.#isOffline || this.#isSettled()) this.#rest();
    else this.#publish();
  }

  async #save(isLeaving = false): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isSaving || this.#theirs || this.#isSettled()) return;
    const document = this.#history.present;
    this.#isSaving = true;
    this.#problem = null;
    this.#sent.add(document);
    this.#publish();
    try {
      const { revision } = await this.#server.save(this.#key, document, this.#revision, isLeaving);
      this.#adopt(document, revision);
    } catch (error) {
      await this.#understand(error);
    }
    this.#isSaving = false;
    this.#rest();
    if (this.#isHurried && !this.#isOffline) void this.#save(true);
    this.#isHurried = false;
  }

  /** What it means that a save failed. */
  async #understand(error: unknown): Promise<void> {
    const status = error instanceof Refused ? error.status : 0;
    if (status === 409 || status === 412) {
      await this.#compare();
    } else if (error instanceof Refused && status >= 400 && status < 500 && status !== 429) {
      this.#problem = error.message;
      this.#isOffline = false;
    } else {
      this.#isUnsure = true;
      this.#isOffline = true;
    }
  }

  /** Somebody has saved: perhaps this very draft, whose answer was lost. */
  async #compare(): Promise<void> {
    try {
      const shown = await this.#server.load(this.#key);
      const known = [this.#history.kept, ...this.#sent].find((document) => isSame(document, shown.draft));
      if (known) this.#adopt(known, shown.revision);
      else this.#theirs = shown;
    } catch {
      this.#isOffline = true;
    }
  }

  /** The server has this document under this revision, and the person or this draft knows of it. */
  #adopt(document: Journey, revision: number): void {
    this.#history = keep(this.#history, document);
    // A save that changed nothing leaves the revision, and what was sent before from it may still arrive.
    if (revision !== this.#revision) this.#sent.clear();
    this.#revision = revision;
    this.#theirs = null;
    this.#problem = null;
    this.#isUnsure = false;
    this.#isOffline = false;
    this.#tries = 0;
  }

  /** Nothing is under way: wait for the next save, if one is due. */
  #rest(): void {
    clearTimeout(this.#timer);
    if (this.#isSettled()) this.#isOffline = false;
    else if (this.#isOffline) this.#wait(Math.min(LONGEST_RETRY, PAUSE * 2 ** this.#tries++));
    else if (!this.#isSaving && !this.#theirs && this.#problem === null) this.#wait(PAUSE);
    this.#publish();
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => void this.#save(), milliseconds);
  }

  #isSettled(): boolean {
    return isKept(this.#history) && !this.#isUnsure;
  }

  #publish(): void {
    this.#view = this.#look();
    for (const listener of this.#listeners) listener();
  }

  #look(): DraftView {
    const { present, past, future } = this.#history;
    return {
      journey: present,
      status: this.#sayStatus(),
      undo: past?.label ?? null,
      redo: future?.label ?? null,
      problem: this.#problem,
      theirs: this.#theirs?.draft ?? null,
    };
  }

  #sayStatus(): DraftView['status'] {
    if (this.#theirs) return 'conflict';
    if (this.#isOffline) return 'offline';
    if (this.#isSaving) return 'saving';
    return this.#isSettled() ? 'saved' : 'unsaved';
  }
}
