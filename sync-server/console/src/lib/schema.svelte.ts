// The declaration of records, as the server has it: what a page has to know of fields, it takes from here.
import { session } from './session.svelte';

export interface FieldDeclaration {
  name: string;
  kind: string;
  values?: string[];
  transitions?: [string, string][];
  guards?: { to: string; needs: string[]; by_team: boolean }[];
}

interface CollectionDeclaration {
  name: string;
  fields: FieldDeclaration[];
}

class Declarations {
  private all = $state.raw<CollectionDeclaration[]>([]);

  async load(): Promise<void> {
    if (this.all.length > 0) return;
    this.all = (await session.get<{ collections: CollectionDeclaration[] }>('/v1/schema')).collections;
  }

  field = (collection: string, name: string): FieldDeclaration | undefined =>
    this.all.find((one) => one.name === collection)?.fields.find((field) => field.name === name);
}

export const declarations = new Declarations();
