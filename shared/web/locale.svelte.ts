// Language of a page: texts from the shared tables, numbers and dates by Intl. Each face has one of its own, over its table.
export type Language = 'ru' | 'en';
/** A text in both languages, as forms carry their labels. */
export type Label = Record<Language, string>;

export interface Branch {
  [key: string]: Branch | string;
}
/** The keys of a table: "nav.overview". An entry with plural forms is one key. */
export type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : T[K] extends { other: string } ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
export type Arguments = Record<string, string | number>;

const storage = 'anketa.language';

export class Locale<Key extends string> {
  language = $state<Language>(localStorage.getItem(storage) === 'en' ? 'en' : 'ru');

  constructor(private tables: Record<Language, Branch>) {}

  choose(language: Language) {
    this.language = language;
    localStorage.setItem(storage, language);
    this.apply();
  }

  apply() {
    document.documentElement.lang = this.language;
    document.title = this.find('brand', {}) ?? '';
  }

  /** The text of a key; `count` among the arguments picks the plural form. */
  text = (key: Key, args: Arguments = {}): string => this.find(key, args) ?? key;

  /** For keys made of data ("status.draft"): the text, or what was given where there is none. */
  name = (group: string, id: string): string => this.find(`${group}.${id}`, {}) ?? id;

  private find(key: string, args: Arguments): string | null {
    let entry: Branch | string | undefined = this.tables[this.language];
    for (const part of key.split('.')) entry = typeof entry === 'object' ? entry[part] : undefined;
    if (typeof entry === 'object') {
      const category = new Intl.PluralRules(this.language).select(Number(args['count'] ?? 0));
      entry = entry[category] ?? entry['other'];
    }
    if (typeof entry !== 'string') return null;
    return entry.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = args[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? this.number(value) : value;
    });
  }

  label = (label: Label): string => label[this.language] || label.ru || label.en;

  /** English dates begin with the day, as Russian ones do. */
  protected get tag(): string {
    return this.language === 'en' ? 'en-GB' : 'ru';
  }

  number = (value: number, digits = 2): string => new Intl.NumberFormat(this.tag, { maximumFractionDigits: digits }).format(value);

  /** Kopecks as roubles, without kopecks. */
  money = (kopecks: number): string =>
    new Intl.NumberFormat(this.tag, { style: 'currency', currency: 'RUB', currencyDisplay: 'narrowSymbol', maximumFractionDigits: 0 }).format(kopecks / 100);

  time = (instant: number): string =>
    new Intl.DateTimeFormat(this.tag, { hour: '2-digit', minute: '2-digit' }).format(instant);

  /** A calendar date ("2025-06-10") in words; it has no time zone. Without options: day and month, the year where it is another one. */
  date = (day: string, options?: Intl.DateTimeFormatOptions): string => {
    const at = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(at.getTime())) return day;
    return new Intl.DateTimeFormat(this.tag, { ...(options ?? { day: 'numeric', month: 'long', ...yearOf(at) }), timeZone: 'UTC' }).format(at);
  };
}

/** The year of a date, for Intl, only where it is not the present one. */
export function yearOf(at: Date): Intl.DateTimeFormatOptions {
  return at.getUTCFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' };
}
