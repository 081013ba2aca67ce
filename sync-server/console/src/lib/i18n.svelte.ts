// Language of the page: texts from the shared tables, numbers and dates by Intl.
import en from '@texts/en/console.json';
import ru from '@texts/ru/console.json';

export type Language = 'ru' | 'en';
/** A text in both languages, as the server sends labels of forms. */
export type Label = Record<Language, string>;

interface Branch {
  [key: string]: Branch | string;
}
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : T[K] extends { other: string } ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
export type Key = Leaves<typeof ru>;
export type Arguments = Record<string, string | number>;

const tables: Record<Language, Branch> = { ru, en };
const storage = 'anketa.language';

class Locale {
  language = $state<Language>(localStorage.getItem(storage) === 'en' ? 'en' : 'ru');

  choose(language: Language) {
    this.language = language;
    localStorage.setItem(storage, language);
    this.apply();
  }

  apply() {
    document.documentElement.lang = this.language;
    document.title = this.text('brand');
  }

  /** The text of a key; `count` among the arguments picks the plural form. */
  text = (key: Key, args: Arguments = {}): string => {
    let entry: Branch | string | undefined = tables[this.language];
    for (const part of key.split('.')) entry = typeof entry === 'object' ? entry[part] : undefined;
    if (typeof entry === 'object') {
      const category = new Intl.PluralRules(this.language).select(Number(args['count'] ?? 0));
      entry = entry[category] ?? entry['other'];
    }
    if (typeof entry !== 'string') return key;
    return entry.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = args[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? this.number(value) : value;
    });
  };

  label = (label: Label): string => label[this.language] || label.ru || label.en;

  number = (value: number, digits = 2): string =>
    new Intl.NumberFormat(this.language, { maximumFractionDigits: digits }).format(value);

  signed = (value: number): string =>
    new Intl.NumberFormat(this.language, { signDisplay: 'exceptZero', maximumFractionDigits: 0 }).format(value);

  percent = (part: number, whole: number): string =>
    new Intl.NumberFormat(this.language, { style: 'percent', maximumFractionDigits: 0 }).format(
      whole > 0 ? part / whole : 0,
    );

  /** Kopecks as roubles, without kopecks. */
  money = (kopecks: number): string =>
    new Intl.NumberFormat(this.language, { style: 'currency', currency: 'RUB', maximumFractionDigits: 0 }).format(
      kopecks / 100,
    );

  time = (instant: number): string =>
    new Intl.DateTimeFormat(this.language, { hour: '2-digit', minute: '2-digit' }).format(instant);

  /** Day and time of an instant: "10 июня, 14:05". */
  moment = (instant: number): string =>
    new Intl.DateTimeFormat(this.tag, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      ...(new Date(instant).getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' }),
    }).format(instant);

  /** A date in a table: short, with the year only where it is another one. */
  day = (day: string): string =>
    this.date(day, {
      day: 'numeric',
      month: 'short',
      ...(day.slice(0, 4) === String(new Date().getFullYear()) ? {} : { year: 'numeric' }),
    });

  /** How long ago, in the largest unit that says something: "3 часа назад". */
  ago = (instant: number): string => {
    const minutes = (Date.now() - instant) / 60_000;
    const format = new Intl.RelativeTimeFormat(this.tag, { numeric: 'auto' });
    if (minutes < 60) return format.format(-Math.max(0, Math.round(minutes)), 'minute');
    if (minutes < 60 * 24) return format.format(-Math.round(minutes / 60), 'hour');
    if (minutes < 60 * 24 * 60) return format.format(-Math.round(minutes / 60 / 24), 'day');
    return format.format(-Math.round(minutes / 60 / 24 / 30), 'month');
  };

  private get tag(): string {
    return this.language === 'en' ? 'en-GB' : 'ru';
  }

  /** A calendar date ("2025-06-10") in words; it has no time zone. */
  date = (day: string, options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' }): string =>
    new Intl.DateTimeFormat(this.tag, { ...options, timeZone: 'UTC' }).format(
      new Date(`${day}T00:00:00Z`),
    );
}

export const locale = new Locale();
export const t = locale.text;
