// Names of fields and values of records, from the tables that the programs share; fetched when first needed.
import { locale, t, type Key, type Language } from './i18n.svelte';
import { people } from './people.svelte';

type Branch = { [key: string]: Branch | string };

class Words {
  private tables = $state.raw<Record<Language, Branch> | null>(null);

  async load(): Promise<void> {
    void people.load();
    if (this.tables) return;
    const [ru, en, ruRest, enRest] = await Promise.all([
      import('@texts/ru/dossier.json'),
      import('@texts/en/dossier.json'),
      import('@texts/ru/record.json'),
      import('@texts/en/record.json'),
    ]);
    const both = (dossier: { field: Branch; value: Branch }, rest: { field: Branch; value: Branch }): Branch => ({
      field: { ...rest.field, ...dossier.field },
      value: { ...rest.value, ...dossier.value },
    });
    this.tables = { ru: both(ru.default, ruRest.default), en: both(en.default, enRest.default) };
  }

  private find(kind: 'field' | 'value', path: string): string | undefined {
    let entry: Branch | string | undefined = this.tables?.[locale.language][kind];
    for (const part of path.split('/')) entry = typeof entry === 'object' ? entry[part] : undefined;
    return typeof entry === 'string' ? entry : undefined;
  }

  /** What a field is called; items of lists and logs under their own name. */
  field = (collection: string, path: string): string => {
    const plain = path.replace(/\/?[0-9a-f]{8}-[0-9a-f-]{27}/g, '');
    const found = this.find('field', `${collection}/${plain}`) ?? this.find('field', `${collection}/${plain.split('/')[0]}`);
    return found ?? plain;
  };

  collection = (name: string): string => {
    const key = `collection.${name}` as Key;
    const text = t(key);
    return text === key ? name : text;
  };

  /** A stored value as a person reads it. */
  value = (collection: string, path: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('record.nothing');
    const field = path.replace(/\/?[0-9a-f]{8}-[0-9a-f-]{27}/g, '');
    if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no');
    if (typeof value === 'string') return this.text(collection, field, value);
    if (typeof value === 'number') return this.figure(field, value);
    if (Array.isArray(value)) return value.map((one) => this.value(collection, field, one)).join(', ');
    const step = value as { from?: unknown; to?: unknown };
    if (step.to !== undefined)
      return `${this.value(collection, field, step.from ?? null)} → ${this.value(collection, field, step.to)}`;
    return Object.entries(value as Record<string, unknown>)
      .filter(([key]) => key !== 'id' && key !== 'pos')
      .map(([key, one]) => this.value(collection, `${field}/${key}`, one))
      .join(' · ');
  };

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

  private figure(field: string, value: number): string {
    if (/(^|\/)(amount|income|year\d|budget_year)|_amount|amount_|income_/.test(field)) return locale.money(value);
    if (value > 1e12) return locale.moment(value);
    return locale.number(value);
  }
}

export const words = new Words();
