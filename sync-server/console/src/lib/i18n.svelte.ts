// Language of the console, over its table of texts.
import en from '@texts/en/console.json';
import ru from '@texts/ru/console.json';
import { Locale, yearOf, type Leaves } from '@web/locale.svelte';

export type { Arguments, Label, Language } from '@web/locale.svelte';
export type Key = Leaves<typeof ru>;

class ConsoleLocale extends Locale<Key> {
  signed = (value: number): string =>
    new Intl.NumberFormat(this.tag, { signDisplay: 'exceptZero', maximumFractionDigits: 0 }).format(value);

  percent = (part: number, whole: number): string =>
    new Intl.NumberFormat(this.tag, { style: 'percent', maximumFractionDigits: 0 }).format(whole > 0 ? part / whole : 0);

  /** Kopecks as roubles in thousands or millions: "26,6 млн ₽". */
  short = (kopecks: number): string =>
    new Intl.NumberFormat(this.tag, { style: 'currency', currency: 'RUB', currencyDisplay: 'narrowSymbol', notation: 'compact', maximumFractionDigits: 1 }).format(kopecks / 100);

  /** The size of a file: "2,4 МБ". */
  bytes = (size: number): string => {
    const [unit, divisor] = size < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const);
    return new Intl.NumberFormat(this.tag, { style: 'unit', unit, maximumFractionDigits: 1 }).format(size / divisor);
  };

  /** Day and time of an instant: "10 июня, 14:05". */
  moment = (instant: number): string =>
    new Intl.DateTimeFormat(this.tag, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      ...yearOf(new Date(instant)),
    }).format(instant);

  /** A date in a table: short, with the year only where it is another one. */
  day = (day: string): string => this.date(day, { day: 'numeric', month: 'short', ...yearOf(new Date(day)) });

  /** From a day until a day, with what both have in common told once: "9 нояб. 2026 г. – 17 янв. 2027 г.". */
  days = (from: string, until: string): string =>
    new Intl.DateTimeFormat(this.tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(new Date(from), new Date(until));

  /** How long ago, in the largest unit that says something: "3 часа назад". */
  ago = (instant: number): string => {
    const minutes = (Date.now() - instant) / 60_000;
    const format = new Intl.RelativeTimeFormat(this.tag, { numeric: 'auto' });
    if (minutes < 60) return format.format(-Math.max(0, Math.round(minutes)), 'minute');
    if (minutes < 60 * 24) return format.format(-Math.round(minutes / 60), 'hour');
    if (minutes < 60 * 24 * 60) return format.format(-Math.round(minutes / 60 / 24), 'day');
    return format.format(-Math.round(minutes / 60 / 24 / 30), 'month');
  };
}

export const locale = new ConsoleLocale({ ru, en });
export const t = locale.text;

/** How many days something has waited; nothing where it does not wait. */
export const ageText = (days: number | null): string => (days === null ? '' : days === 0 ? t('age.today') : t('age.days', { count: days }));
