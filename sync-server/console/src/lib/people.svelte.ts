// Names of colleagues, loaded once a session.
import type { Colleague } from './api';
import { session } from './session.svelte';

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
      .get('/v1/people')
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

  /** Who represents us now. */
  get reps(): Colleague[] {
    return this.all.filter(({ role, active }) => role === 'rep' && active);
  }
}

/** Where there is little room: "Иванова Елена Петровна" as "Иванова Е. П."; other names as they are. */
export function shortName(name: string | null | undefined): string {
  const [family, ...given] = (name ?? '').split(' ');
  return given.length === 2 ? `${family} ${given.map(([letter]) => `${letter}.`).join('\u00a0')}` : (name ?? '');
}

export const people = new People();
