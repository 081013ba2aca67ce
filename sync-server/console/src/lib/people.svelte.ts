// Names of colleagues, loaded once and again when somebody unknown turns up.
import { session } from './session.svelte';
import type { Colleague } from './types';

class People {
  private known = $state.raw<Map<string, Colleague>>(new Map());
  private loading: Promise<void> | null = null;
  private of = '';

  /** Sees to it that the names are there; safe to call as often as one likes. */
  load(): Promise<void> {
    const user = session.user?.id ?? '';
    if (this.of !== user) this.loading = null;
    this.of = user;
    this.loading ??= session
      .get<{ items: Colleague[] }>('/v1/people')
      .then(({ items }) => {
        this.known = new Map(items.map((one) => [one.id, one]));
      })
      .catch(() => {
        this.loading = null;
      });
    return this.loading;
  }

  name = (id: string | null | undefined): string => (id && this.known.get(id)?.name) || '';
  get all(): Colleague[] {
    return [...this.known.values()].sort((a, b) => a.name.localeCompare(b.name));
  }
}

export const people = new People();
