// Language of the app, over its table of texts.
import en from '@texts/en/app.json';
import ru from '@texts/ru/app.json';
import { Locale, type Leaves } from '@web/locale.svelte';

export type { Arguments, Language } from '@web/locale.svelte';
export type Key = Leaves<typeof ru>;

const day = 86_400_000;

class AppLocale extends Locale<Key> {
  /** When something was: "в 14:05", "вчера в 14:05", "10 июня". */
  moment = (instant: number): string => {
    const midnight = new Date().setHours(0, 0, 0, 0);
    const time = this.time(instant);
    if (instant >= midnight) return this.text('when.today', { time });
    if (instant >= midnight - day) return this.text('when.yesterday', { time });
    return new Intl.DateTimeFormat(this.tag, { day: 'numeric', month: 'long' }).format(instant);
  };
}

export const locale = new AppLocale({ ru, en });
export const t = locale.text;
