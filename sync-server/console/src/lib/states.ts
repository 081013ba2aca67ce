// Colours of states: orange wants somebody's attention, blue is done, grey is under way.
import type { CaseItem, ClientItem, NormWeek, QuestionnaireItem } from './api';

export type Tone = 'blue' | 'orange' | 'ink' | 'grey' | 'pale';
export type CaseStatus = CaseItem['status'];
export type Severity = CaseItem['severity'];
export type Coverage = NonNullable<ClientItem['coverage']>;

export const coverageTones: Record<Coverage, Tone> = { done: 'blue', paused: 'orange', booked: 'ink', called: 'grey', untouched: 'pale' };
export const coverageStates: Coverage[] = ['done', 'paused', 'booked', 'called', 'untouched'];
export const paceTones: Record<NormWeek['pace'], Tone> = { met: 'blue', on_pace: 'grey', behind: 'orange' };

export function questionnaireTone(status: QuestionnaireItem['status']): Tone {
  if (status === 'paused') return 'orange';
  if (status === 'draft') return 'pale';
  return status === 'resumed' ? 'grey' : 'blue';
}

export function caseTone(status: CaseStatus): Tone {
  if (status === 'confirmed') return 'blue';
  if (status === 'accepted') return 'ink';
  return status === 'open' || status === 'rejected' ? 'orange' : 'grey';
}

export function severityTone(severity: Severity): Tone {
  if (severity === 'stops') return 'orange';
  return severity === 'hinders' ? 'ink' : 'pale';
}
