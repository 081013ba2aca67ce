// A field's value as a person reads it.
import { locale } from './i18n.svelte';

/** Groups of texts for values that are no texts of people, by field. */
const words: Record<string, string> = {
  person_knows: 'knows',
  introduction: 'introduction',
  offer_kind: 'offer_kind',
  step: 'offer_step',
  outcome: 'call_outcome',
};

/** Empty where there is nothing to show. Numbers are sums. */
export function valueText(field: string, value: unknown): string {
  if (typeof value === 'number') return locale.money(value);
  if (typeof value !== 'string' || !value) return '';
  if (words[field]) return locale.name(words[field], value);
  return /_on$/.test(field) ? locale.date(value) : value;
}
