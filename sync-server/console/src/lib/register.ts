// The summary register as the server reckons it (docs/api.md, "Register", "Bottlenecks").
import type { Reference, RegisterItem, Severity } from './types';

export interface RegisterRow {
  id: string;
  client: Reference | null;
  owner: Reference | null;
  service: Reference | null;
  status: RegisterItem['status'];
  turn: 'service' | 'rep' | 'nobody';
  severity: Severity | null;
  cause: string | null;
  place: string | null;
  complaints: number;
  works: number;
  opened_on: string | null;
  promised_on: string | null;
  due_on: string | null;
  overdue_days: number;
  age_days: number | null;
  reopenings: number;
}

export interface Register {
  today: string;
  totals: { cases: number; open: number; closed: number; overdue: number; reopened: number; reopenings: number; median_days_to_close: number | null };
  total: number;
  items: RegisterRow[];
}

export interface Bottlenecks {
  cases: number;
  without_cause_and_place: number;
  items: {
    cause: string | null;
    place: string | null;
    cases: string[];
    open: number;
    clients: number;
    reopenings: number;
    fix_cost: number | null;
    extra_profit_month: number | null;
    payback_months: string | null;
  }[];
}
