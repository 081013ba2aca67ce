// Colours of states: orange wants somebody's attention, blue is done, grey is under way.
import type { QuestionnaireItem, RegisterItem, Severity } from './types';

type Tone = 'blue' | 'orange' | 'ink' | 'grey' | 'pale';

export function questionnaireTone(status: QuestionnaireItem['status']): Tone {
  if (status === 'paused') return 'orange';
  if (status === 'draft') return 'pale';
  return status === 'resumed' ? 'grey' : 'blue';
}

export function caseTone(status: RegisterItem['status']): Tone {
  if (status === 'confirmed') return 'blue';
  if (status === 'accepted') return 'ink';
  return status === 'open' || status === 'rejected' ? 'orange' : 'grey';
}

export function severityTone(severity: Severity | null): Tone {
  if (severity === 'stops') return 'orange';
  return severity === 'hinders' ? 'ink' : 'pale';
}
