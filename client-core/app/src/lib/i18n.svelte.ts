// Language of the app, over its table of texts.
import en from '@texts/en/app.json';
import ru from '@texts/ru/app.json';
import { Locale, type Branch, type Language, type Leaves } from '@web/locale.svelte';

export type { Arguments, Language } from '@web/locale.svelte';
export type Key = Leaves<typeof ru>;

const day = 86_400_000;

class AppLocale extends Locale<Key> {
  constructor(tables: Record<Language, Branch>) {
    super(tables);
    // A day and its month stay on one line.
    const { date } = this;
    this.date = (day, options) => date(day, options).replace(/(\d) (?=\p{L})/gu, '$1\u00a0');
  }

  /** When something was or will be: "сегодня в 14:05", "вчера в 14:05", "10 июня", "12 июня в 9:00". */
  moment = (instant: number): string => {
    const midnight = new Date().setHours(0, 0, 0, 0);
    const time = this.time(instant);
    const date = new Intl.DateTimeFormat(this.tag, { day: 'numeric', month: 'long' }).format(instant);
    if (instant >= midnight + 2 * day) return this.text('when.then', { date, time });
    if (instant >= midnight + day) return this.text('when.tomorrow', { time });
    if (instant >= midnight) return this.text('when.today', { time });
    return instant >= midnight - day ? this.text('when.yesterday', { time }) : date;
  };
}

export const locale = new AppLocale({ ru, en });
export const t = locale.text;
