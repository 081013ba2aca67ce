// How the questions of a section are laid out on screens: one question a screen, an item of a list (a person, an outage)
// as one card, a table of like questions together, and what cannot be changed beside what can.
import type { Question } from '../../lib/types';

export interface Step {
  /** Path of its first question: the place in the address. */
  place: string;
  questions: Question[];
  /** "contacts/<id>" of a card. */
  item: string | null;
}

/** "contacts/<id>" of a question within an item. */
export function itemOf(path: string): string | null {
  const parts = path.split('/');
  return parts.length > 2 ? parts.slice(0, 2).join('/') : null;
}

function belongs(step: Step, question: Question): boolean {
  const item = itemOf(question.path);
  if (item !== step.item) return false;
  if (item) return true;
  const last = step.questions[step.questions.length - 1];
  if (!last || last.type === 'repeat' || question.type === 'repeat') return false;
  if (question.group_label && question.group_label === last.group_label) return true;
  return question.read_only || step.questions.every(({ read_only }) => read_only);
}

export function stepsOf(questions: Question[]): Step[] {
  // A note that warns is shown with the question it warns about.
  const warnings = new Set(questions.flatMap(({ warnings }) => warnings ?? []));
  const steps: Step[] = [];
  for (const question of questions) {
    if (!question.relevant || question.type === 'calculate') continue;
    if (question.type === 'note' && warnings.has(question.label)) continue;
    const last = steps[steps.length - 1];
    if (last && belongs(last, question)) last.questions.push(question);
    else steps.push({ place: question.path, questions: [question], item: itemOf(question.path) });
  }
  return steps;
}

export const unanswered = ({ required, answered, read_only, type }: Question): boolean =>
  required && !answered && !read_only && type !== 'note';
