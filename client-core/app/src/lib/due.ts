// Whose meeting is due, by the programme's report "cadence" (docs/api.md).
import { call } from '../core/client';
import { offsetMinutes } from './types';

export interface DueClient {
  client: { id: string; name: string };
  kind: string;
  last_on: string | null;
  due: 'overdue' | 'soon';
  days: number;
  visit_at: number | null;
}

/** The most pressing first. */
export const dueClients = () =>
  call<{ items: DueClient[]; counts: { overdue: number; soon: number } }>('programme.report', { report: 'cadence', offset_minutes: offsetMinutes() });
