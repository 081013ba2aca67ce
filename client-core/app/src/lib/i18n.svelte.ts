// Language of the app: texts from the shared tables, numbers and dates by Intl.
import en from '@texts/en/app.json';
import ru from '@texts/ru/app.json';

export type Language = 'ru' | 'en';

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
const day = 86_400_000;

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
  text = (key: Key, args: Arguments = {}): string => this.find(key, args) ?? key;

  /** For keys made of data ("status.draft"): the text, or what was given where there is none. */
  name = (group: string, id: string): string => this.find(`${group}.${id}`, {}) ?? id;

  private find(key: string, args: Arguments): string | null {
    let entry: Branch | string | undefined = tables[this.language];
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

  private get tag(): string {
    return this.language === 'en' ? 'en-GB' : 'ru';
  }

  number = (value: number): string => new Intl.NumberFormat(this.tag, { maximumFractionDigits: 2 }).format(value);

  /** Kopecks as roubles. */
  money = (kopecks: number): string =>
    new Intl.NumberFormat(this.tag, { style: 'currency', currency: 'RUB', maximumFractionDigits: 0 }).format(kopecks / 100);

  time = (instant: number): string =>
    new Intl.DateTimeFormat(this.tag, { hour: '2-digit', minute: '2-digit' }).format(instant);

  /** A calendar date ("2025-06-10") in words; it has no time zone. */
  date = (text: string, options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' }): string => {
    const at = new Date(`${text}T00:00:00Z`);
    if (Number.isNaN(at.getTime())) return text;
    const thisYear = at.getUTCFullYear() === new Date().getFullYear();
    const year: Intl.DateTimeFormatOptions = thisYear || options.weekday ? {} : { year: 'numeric' };
    return new Intl.DateTimeFormat(this.tag, { ...options, ...year, timeZone: 'UTC' }).format(at);
  };

  /** When something was: "в 14:05", "вчера в 14:05", "10 июня". */
  moment = (instant: number): string => {
    const midnight = new Date().setHours(0, 0, 0, 0);
    const time = this.time(instant);
    if (instant >= midnight) return this.text('when.today', { time });
    if (instant >= midnight - day) return this.text('when.yesterday', { time });
    return new Intl.DateTimeFormat(this.tag, { day: 'numeric', month: 'long' }).format(instant);
  };
}

export const locale = new Locale();
export const t = locale.text;
