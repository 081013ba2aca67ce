// A long list of the server's, of which only the pages in sight are fetched.
import { failureOf, session, type Failure } from './session.svelte';
import type { Page } from './types';

const pageSize = 200;

type Query = Record<string, string | number | undefined>;

export class PagedList<Item> {
  total = $state<number | null>(null);
  failure = $state<Failure | null>(null);
  private items = $state.raw<(Item | undefined)[]>([]);
  private asked = new Set<number>();
  private path = '';
  private query: Query = {};
  private run = 0;
  private sight: [number, number] = [0, pageSize];

  at = (index: number): Item | undefined => this.items[index];

  /** Another list, or the same under other filters: begins anew, what is shown stays until the first page is there. */
  show(path: string, query: Query): void {
    this.path = path;
    this.query = query;
    this.begin();
  }

  /** The same once more, because something changed: what is in sight is replaced in place. */
  refresh(): void {
    if (this.path) this.begin();
  }

  /** Rows from `first` to before `last` are in sight. */
  need(first: number, last: number): void {
    this.sight = [first, last];
    if (this.total === null) return;
    for (let page = Math.floor(first / pageSize); page * pageSize < Math.min(last, this.total); ++page)
      void this.fetch(page, this.run);
  }

  private begin(): void {
    ++this.run;
    this.asked.clear();
    this.fresh = true;
    const first = this.total === null ? 0 : Math.floor(this.sight[0] / pageSize);
    void this.fetch(first, this.run);
  }

  /** The next page that arrives is the first of a new run: older rows go. */
  private fresh = true;

  private async fetch(page: number, run: number): Promise<void> {
    if (this.asked.has(page)) return;
    this.asked.add(page);
    try {
      const offset = page * pageSize;
      const answer = await session.get<Page<Item>>(this.path, { ...this.query, limit: pageSize, offset });
      if (run !== this.run) return;
      const items = this.fresh ? [] : this.items.slice();
      this.fresh = false;
      items.length = answer.total;
      answer.items.forEach((item, index) => (items[offset + index] = item));
      this.items = items;
      this.total = answer.total;
      this.failure = null;
      this.need(...this.sight);
    } catch (error) {
      if (run !== this.run) return;
      this.asked.delete(page);
      this.failure = failureOf(error);
    }
  }
}
