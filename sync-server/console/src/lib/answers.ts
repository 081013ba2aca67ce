// Answers as a person reads them, and items of a repeat kept together.
import { locale, t } from './i18n.svelte';
import type { Answer } from './api';

export function answerText(answer: Answer): string {
  const { value, labels, kind } = answer;
  if (labels && labels.length > 0) return labels.map((label) => locale.label(label)).join(', ');
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no');
  if (kind === 'money' && typeof value === 'number') return locale.money(value);
  if (typeof value === 'number') return locale.number(value);
  if (kind === 'date' && typeof value === 'string') return locale.date(value, { day: 'numeric', month: 'long', year: 'numeric' });
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? t('record.attached') : String(value);
}

export interface AnswerGroup {
  key: string;
  title: string;
  answers: Answer[];
}

/** Answers of one item of a repeat under one heading, the rest one after the other. */
export function answerGroups(answers: Answer[]): AnswerGroup[] {
  const groups: AnswerGroup[] = [];
  const counts = new Map<string, number>();
  for (const answer of answers) {
    const item = answer.item ?? '';
    const last = groups.at(-1);
    if (last && last.key.startsWith(`${item}/`) && (item !== '' || last.title === '')) {
      last.answers.push(answer);
      continue;
    }
    let title = '';
    if (item !== '' && answer.repeat) {
      const number = (counts.get(answer.repeat.name) ?? 0) + 1;
      counts.set(answer.repeat.name, number);
      title = `${locale.label(answer.repeat.label)} · ${number}`;
    }
    groups.push({ key: `${item}/${groups.length}`, title, answers: [answer] });
  }
  return groups;
}
