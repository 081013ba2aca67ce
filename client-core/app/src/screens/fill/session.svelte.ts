// One questionnaire on the screen. Every answer goes straight to the core, which has it on the disk when it answers; the
// place is in the address, so that Back, a reload or a killed phone lead to the same question.
import { call, type Failure } from '../../core/client';
import { router } from '../../lib/router.svelte';
import { failureOf, session } from '../../lib/session.svelte';
import { sync } from '../../lib/sync.svelte';
import { offsetMinutes, type FillView, type FinishOutcome, type Section } from '../../lib/types';
import { stepsOf, type Step } from './steps';

/** The screen after the last question. */
export const theEnd = 'end';

export class Filling {
  view = $state.raw<FillView | null>(null);
  section = $state('');
  place = $state('');
  failure = $state<Failure | null>(null);
  /** Why the core did not take an answer, by the question's path. */
  refused = $state<Record<string, Failure>>({});
  savedAt = $state(0);
  outcome = $state.raw<FinishOutcome | null>(null);

  readonly steps = $derived<Step[]>(stepsOf(this.view?.questions ?? []));
  readonly index = $derived(
    Math.max(
      0,
      this.steps.findIndex(({ questions }) => questions.some(({ path }) => path === this.place)),
    ),
  );
  readonly step = $derived<Step | undefined>(this.steps[this.index]);
  readonly sections = $derived<Section[]>(this.view?.progress.sections.filter(({ relevant, locked }) => relevant || locked) ?? []);
  readonly openSections = $derived<Section[]>(this.sections.filter(({ relevant, locked }) => relevant && !locked));
  readonly current = $derived<Section | undefined>(this.sections.find(({ name }) => name === this.section));
  readonly atEnd = $derived(this.section === theEnd);
  readonly atStart = $derived(!this.atEnd && this.index === 0 && this.openSections[0]?.name === this.section);

  constructor(readonly questionnaire: string) {}

  private get storage(): string {
    return `anketa.place.${this.questionnaire}`;
  }

  async open(): Promise<void> {
    await this.guarded(async () => {
      this.view = await this.ask('fill.open', { offset_minutes: offsetMinutes() });
    });
  }

  /** Where to stand: what the address says, or where one was last time, or the first thing that is missing. */
  async stand(address: string | undefined): Promise<void> {
    const { view } = this;
    if (!view) return;
    const [section = '', place = ''] = (address ?? localStorage.getItem(this.storage) ?? this.firstGap(view)).split(':');
    const known = section === theEnd || this.openSections.some(({ name }) => name === section);
    const target = known ? section : (this.openSections[0]?.name ?? theEnd);
    await this.guarded(async () => {
      if (target !== theEnd) this.view = await this.ask('fill.view', { section: target });
      else this.view = await this.ask('fill.view', {});
      this.section = target;
      this.place = place;
    });
    localStorage.setItem(this.storage, `${target}:${this.step?.place ?? ''}`);
  }

  private firstGap(view: FillView): string {
    const gap = view.missing[0];
    return gap?.section ? `${gap.section}:${gap.path}` : '';
  }

  go(section: string, place = ''): void {
    router.go('fill', this.questionnaire, `${section}:${place}`);
  }

  next(): void {
    const step = this.steps[this.index + 1];
    if (step) this.go(this.section, step.place);
    else this.go(this.openSections[this.openSections.findIndex(({ name }) => name === this.section) + 1]?.name ?? theEnd);
  }

  /** The step before, in the section before at its end. */
  async previous(): Promise<void> {
    const step = this.atEnd ? undefined : this.steps[this.index - 1];
    if (step) {
      this.go(this.section, step.place);
      return;
    }
    const at = this.atEnd ? this.openSections.length : this.openSections.findIndex(({ name }) => name === this.section);
    const before = this.openSections[at - 1];
    if (!before) return;
    const view = await this.ask('fill.view', { section: before.name });
    this.go(before.name, stepsOf(view.questions ?? []).at(-1)?.place);
  }

  /** False where it was not taken. */
  async answer(path: string, value: unknown): Promise<boolean> {
    try {
      this.view = await this.ask('fill.answer', { path, value, section: this.section });
      delete this.refused[path];
      this.savedAt = Date.now();
      void sync.refresh();
      return true;
    } catch (error) {
      this.refused[path] = failureOf(error);
      return false;
    }
  }

  async addItem(path: string): Promise<void> {
    await this.guarded(async () => {
      const before = new Set(this.items(path));
      this.view = await this.ask('fill.add_item', { path, section: this.section });
      this.savedAt = Date.now();
      const added = this.items(path).find((item) => !before.has(item));
      const step = this.steps.find(({ item }) => item === added);
      if (step) this.go(this.section, step.place);
    });
  }

  private items(path: string): string[] {
    return this.view?.questions?.find((question) => question.path === path)?.items?.map((item) => item.path) ?? [];
  }

  async removeItem(item: string): Promise<void> {
    await this.guarded(async () => {
      const at = this.index;
      this.view = await this.ask('fill.remove_item', { path: item, section: this.section });
      this.savedAt = Date.now();
      router.replace('fill', this.questionnaire, `${this.section}:${this.steps[Math.max(0, at - 1)]?.place ?? ''}`);
    });
  }

  async note(text: string): Promise<void> {
    await this.guarded(async () => {
      await call('fill.note', { questionnaire: this.questionnaire, text, place: this.step?.questions[0]?.name ?? '' });
      this.savedAt = Date.now();
      void sync.refresh();
    });
  }

  async resume(): Promise<void> {
    await this.guarded(async () => {
      this.view = await this.ask('fill.resume', {});
      const section = this.view.current?.section ?? this.openSections[0]?.name ?? theEnd;
      this.go(section, this.view.current?.path);
      await sync.edited();
    });
  }

  async finish(): Promise<void> {
    await this.guarded(async () => {
      const outcome = await call<FinishOutcome>('fill.finish', { questionnaire: this.questionnaire });
      if (outcome.done) {
        localStorage.removeItem(this.storage);
        this.outcome = outcome;
        session.inTalk = false;
        await sync.edited();
        sync.now();
      } else {
        this.view = await this.ask('fill.view', {});
        const [problem] = outcome.problems;
        this.failure = problem ? failureOf(problemFailure(problem)) : null;
      }
    });
  }

  private ask(method: string, parameters: Record<string, unknown>): Promise<FillView> {
    return call<FillView>(method, { questionnaire: this.questionnaire, ...parameters });
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      this.failure = null;
      await work();
    } catch (error) {
      this.failure = failureOf(error);
    }
  }
}

function problemFailure(problem: FinishOutcome['problems'][number]): Error {
  return Object.assign(new Error(problem.message), problem);
}
