// Names of fields and values of records, from the tables that the programs share and the declaration of the records;
// fetched when first needed.
import type { FieldDeclaration } from './api';
import { locale, t, type Language } from './i18n.svelte';
import { people } from './people.svelte';
import { declarations } from './schema.svelte';

type Branch = { [key: string]: Branch | string };
type Table = { field: Branch; value: Branch };

const id = /\/?[0-9a-f]{8}-[0-9a-f-]{27}/g;
/** A field's path without the ids of list items in it. */
export const plainPath = (path: string): string => path.replace(id, '');

/** Collections of several tables together; where two name the same field, the first does. */
function joined(kind: keyof Table, ...tables: Table[]): Branch {
  const all: Branch = {};
  for (const table of [...tables].reverse())
    for (const [collection, names] of Object.entries(table[kind])) all[collection] = { ...(all[collection] as Branch), ...(names as Branch) };
  return all;
}

class Words {
  private tables = $state.raw<Record<Language, Table> | null>(null);

  async load(): Promise<void> {
    const rest = Promise.all([people.load(), declarations.load()]);
    if (!this.tables) {
      const [ru, en, ruRecords, enRecords, ruProgramme, enProgramme] = await Promise.all([
        import('@texts/ru/dossier.json'),
        import('@texts/en/dossier.json'),
        import('@texts/ru/record.json'),
        import('@texts/en/record.json'),
        import('@texts/ru/programme.json'),
        import('@texts/en/programme.json'),
      ]);
      const both = (...tables: Table[]): Table => ({ field: joined('field', ...tables), value: joined('value', ...tables) });
      this.tables = {
        ru: both(ru.default, ruRecords.default, ruProgramme.default),
        en: both(en.default, enRecords.default, enProgramme.default),
      };
    }
    await rest;
  }

  private find(kind: keyof Table, path: string): string | undefined {
    let entry: Branch | string | undefined = this.tables?.[locale.language][kind];
    for (const part of path.split('/')) entry = typeof entry === 'object' ? entry[part] : undefined;
    return typeof entry === 'string' ? entry : undefined;
  }

  /** What a field is called; items of lists and logs under their own name. */
  field = (collection: string, path: string): string => {
    const plain = plainPath(path);
    return this.find('field', `${collection}/${plain}`) ?? this.find('field', `${collection}/${plain.split('/')[0]}`) ?? plain;
  };

  collection = (name: string): string => locale.name('collection', name);

  private declared(collection: string, path: string): FieldDeclaration | undefined {
    const whole = declarations.field(collection, path);
    if (whole) return whole;
    const [list = '', member = ''] = path.split('/');
    return declarations.field(collection, list)?.items?.find(({ name }) => name === member);
  }

  /** A stored value as a person reads it. */
  value = (collection: string, path: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('record.nothing');
    const field = plainPath(path);
    if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no');
    if (typeof value === 'string') return this.text(collection, field, value);
    if (typeof value === 'number') return this.figure(collection, field, value);
    if (Array.isArray(value)) return value.map((one) => this.value(collection, field, one)).join(', ');
    const step = value as { from?: unknown; to?: unknown };
    if (step.to !== undefined)
      return `${this.value(collection, field, step.from ?? null)} → ${this.value(collection, field, step.to)}`;
    return this.item(collection, field, value as Record<string, unknown>);
  };

  /** Whether a field says something by itself: references to other records do not, nor where a value was taken from. */
  says = (collection: string, path: string): boolean => {
    const kind = this.declared(collection, plainPath(path));
    if (kind?.kind === 'reference' && kind.target !== 'user') return false;
    return !path.split('/').some((member) => member === 'question' || member === 'field' || member === 'source' || member === 'id' || member === 'pos');
  };

  /** An item of a list or a log: what it says, and when and by whom it was said. */
  told = (collection: string, path: string, item: Record<string, unknown>): { text: string; by: string } => {
    const field = plainPath(path);
    const said = Object.entries(item).filter(([name]) => this.says(collection, `${field}/${name}`));
    const join = (some: [string, unknown][]) => some.map(([name, one]) => this.value(collection, `${field}/${name}`, one)).join(' · ');
    const signs = (name: string) => name === 'at' || name === 'user';
    return {
      text: join(said.filter(([name]) => !signs(name)).sort(([a], [b]) => Number(b === 'text') - Number(a === 'text'))),
      by: join(said.filter(([name]) => signs(name))),
    };
  };

  private item(collection: string, field: string, item: Record<string, unknown>): string {
    const { text, by } = this.told(collection, field, item);
    return [text, by].filter(Boolean).join(' · ');
  }

  private text(collection: string, field: string, value: string): string {
    const member = field.split('/').pop() ?? '';
    const known = this.find('value', `${collection}/${field}/${value}`) ?? this.find('value', `${collection}/${member}/${value}`);
    if (known) return known;
    const service = /^services?$/.test(member) ? this.find('value', `service/${value}`) : undefined;
    if (service) return service;
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return locale.date(value, { day: 'numeric', month: 'long', year: 'numeric' });
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value)) return people.name(value) || t('record.reference');
    return value;
  }

  private figure(collection: string, field: string, value: number): string {
    const kind = this.declared(collection, field)?.kind;
    if (kind === 'money') return locale.money(value);
    return kind === 'instant' ? locale.moment(value) : locale.number(value);
  }
}

export const words = new Words();
