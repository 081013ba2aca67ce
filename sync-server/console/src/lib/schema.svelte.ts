// The declaration of records, as the server has it: what a page has to know of fields, it takes from here.
import type { CollectionDeclaration, FieldDeclaration } from './api';
import { session } from './session.svelte';

class Declarations {
  private all = $state.raw<CollectionDeclaration[]>([]);

  async load(): Promise<void> {
    if (this.all.length > 0) return;
    this.all = (await session.get('/v1/schema')).collections;
  }

  field = (collection: string, name: string): FieldDeclaration | undefined =>
    this.all.find((one) => one.name === collection)?.fields.find((field) => field.name === name);

  /** The place of a field among those of its collection; undeclared ones come last. */
  order = (collection: string, path: string): number => {
    const fields = this.all.find((one) => one.name === collection)?.fields ?? [];
    const place = fields.findIndex(({ name }) => path === name || path.startsWith(`${name}/`) || name.startsWith(`${path}/`));
    return place < 0 ? fields.length : place;
  };
}

export const declarations = new Declarations();
