// Consolidated results of a pass (docs/api.md, "Consolidated results").
import type { Label } from './i18n.svelte';
import type { Nps } from './types';

export interface Sums {
  offers: number;
  open: number;
  won: number;
  lost: number;
  on_the_spot: number;
  won_amount_month: number;
  won_amount_once: number;
  open_amount_month: number;
  open_amount_once: number;
}

export interface Years {
  year1: number;
  year3: number;
  year5: number;
}

export interface Consolidated {
  since: string;
  until: string;
  questionnaires: { delivered: number; complete: number };
  key_persons: { verified: number; unchanged: number; changed: number; new: number; left: number; left_percent: number };
  relations: { clients: number; met: number; renewed: number; never_met: number };
  sales: Sums & { by_kind: Record<'volume' | 'new_line' | 'direction', Sums> };
  referrals: { named: number; introduced: number; contacted: number; met: number; won: number; lost: number };
  risk: { clients: number; only_trouble: number; nobody_known: number };
  new_in_range: { id: string; code: string; name: Label; since: string; clients: number }[];
  nps: Nps & { by_segment?: ({ segment: string } & Nps)[]; by_rep?: ({ rep: { id: string; name: string } | null } & Nps)[] };
  opportunities: { count: number; possible: Years; expected: Years };
  revisions: { part: string; current: number; due: number; overdue: number; never: number }[];
  accounts: { one: number; none: number; several: number };
}
