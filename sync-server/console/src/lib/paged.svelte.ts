// A long list of the server's, of which only the pages in sight are fetched.
import type { Answers } from './api';
import { live } from './live.svelte';
import { failureOf, session, type Failure, type Query } from './session.svelte';

const pageSize = 200;

/** Paths of the description that answer pages of items. */
export type ListPath = {
  [Path in keyof Answers]: Answers[Path] extends { total: number; items: object[]; next_offset: number | null } ? Path : never;
}[keyof Answers];
export type ItemOf<Path extends ListPath> = Answers[Path]['items'][number];

export class PagedList<Item> {
  total = $state<number | null>(null);
  failure = $state<Failure | null>(null);
  private items = $state.raw<(Item | undefined)[]>([]);
  private asked = new Set<number>();
  private query: Query = {};
  private run = 0;
  private sight: [number, number] = [0, pageSize];
  /** The next page that arrives is the first of a new run: older rows go. */
  private fresh = true;

  constructor(private path: ListPath) {}

  at = (index: number): Item | undefined => this.items[index];

  /** Shows the list under these filters for as long as the component lives, anew when they change and at news. */
  follow(query: () => Query): void {
    $effect(() => {
      this.query = { ...query() };
      this.again();
    });
    $effect(() => live.listen(this.again));
  }

  /** The same once more: what is shown stays until the first page is there, then it is replaced in place. */
  again = (): void => {
    ++this.run;
    this.asked.clear();
    this.fresh = true;
    void this.fetch(Math.floor(this.sight[0] / pageSize), this.run);
  };

  /** Rows from `first` to before `last` are in sight. */
  need = (first: number, last: number): void => {
    this.sight = [first, last];
    if (this.total === null) return;
    for (let page = Math.floor(first / pageSize); page * pageSize < Math.min(last, this.total); ++page)
      void this.fetch(page, this.run);
  };

  private async fetch(page: number, run: number): Promise<void> {
    if (this.asked.has(page)) return;
    this.asked.add(page);
    try {
      const offset = page * pageSize;
      const answer = await session.get(this.path, { ...this.query, limit: pageSize, offset });
      if (run !== this.run) return;
      const items = this.fresh ? [] : this.items.slice();
      this.fresh = false;
      items.length = answer.total;
      answer.items.forEach((item, index) => (items[offset + index] = item as Item));
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

/** A list of what a path answers. */
export const listOf = <Path extends ListPath>(path: Path): PagedList<ItemOf<Path>> => new PagedList<ItemOf<Path>>(path);
