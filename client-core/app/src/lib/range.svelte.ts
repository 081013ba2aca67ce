// Our range (R19): what a questionnaire names by a code is shown by its name.
import { call } from '../core/client';
import { locale } from './i18n.svelte';
import { text, type Body, type Rec } from './types';

class Range {
  private names = $state.raw(new Map<string, Body>());

  async read(): Promise<void> {
    try {
      const items = await call<Rec[]>('list', { collection: 'range_item', scope: 'company' });
      this.names = new Map(items.map(({ body }) => [text(body, 'code'), (body['name'] ?? {}) as Body]));
    } catch {
      // The screen that shows them says what is wrong; codes are legible meanwhile.
    }
  }

  /** A service that is none of the range is named as it was typed. */
  name(service: string): string {
    const name = this.names.get(service);
    return text(name, locale.language) || text(name, 'ru') || service;
  }
}

export const range = new Range();
