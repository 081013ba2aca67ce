// Reports of a campaign (docs/api.md, "The campaign").
import type { CoverageState, Pace, Reference } from './types';

export interface CampaignHead {
  id: string;
  title: string;
  from: string;
  until: string;
  status: 'planned' | 'running' | 'finished';
}

export interface ListEntry {
  client: Reference;
  segment: string | null;
  city: string | null;
  key_status: string | null;
  rep: Reference | null;
  coverage: CoverageState | 'refused';
  entry: string | null;
  relation: 'good' | 'unsure' | null;
  visit_at: number | null;
  covered_on: string | null;
}

export interface Lists {
  campaign: CampaignHead | null;
  total: number;
  items: ListEntry[];
}

export interface Calls {
  total: number;
  items: (ListEntry & { attempts: number; due: boolean; last: { at: number; outcome: string; call_back_at: number | null } | null })[];
}

export interface Norms {
  not_delivered: number;
  weeks: {
    week: string;
    monday: string;
    done: number;
    norm: number;
    due: number;
    pace: Pace;
    reps: { rep: Reference | null; share: 'part' | 'full'; done: number; norm: number; due: number; days: number; pace: Pace }[];
  }[];
}

export interface CoverageReport {
  campaign: CampaignHead | null;
  total: number;
  done: number;
  paused: number;
  booked: number;
  called: number;
  untouched: number;
  refused: number;
  by_week: { week: string; monday: string; covered: number; so_far: number }[];
  forecast: { remaining: number; pace_tenths: number; needed_tenths: number; finish: string | null; until: string; late_by: number | null } | null;
}

export interface Staffing {
  clients: number;
  key: number;
  top: number;
  from: string;
  until: string;
  norms: { part: number; full: number };
  team: { full: number; part: number };
  people: { meetings: number; working_days: number; full_only: number; part_only: number; part_besides: number };
  length: { meetings: number; working_days: number | null; weeks: number | null; finish: string | null };
}

export interface Cadence {
  counts: { overdue: number; soon: number; later: number };
  total: number;
  items: { client: Reference; rep: Reference | null; key_status: string | null; kind: 'questionnaire' | 'meeting'; last_on: string | null; due_on: string | null; due: 'overdue' | 'soon' | 'later'; days: number | null; visit_at: number | null }[];
}
