// What the reading API answers (docs/api.md).
import type { Label } from './i18n.svelte';

export type Role = 'rep' | 'service' | 'lead' | 'manager' | 'admin';

export interface Person {
  id: string;
  login: string;
  name: string;
  role: Role;
}

export interface SessionAnswer {
  access: string;
  refresh: string;
  expires_in: number;
  user: Person;
}

export interface Reference {
  id: string;
  name: string;
}

export type Pace = 'behind' | 'on_pace' | 'met';

export interface Progress {
  done: number;
  norm: number;
  due: number;
  pace: Pace;
}

export interface RepProgress extends Progress {
  id: string;
  name: string;
  share: 'full' | 'part';
  clients: number;
  covered: number;
}

export type CoverageState = 'done' | 'paused' | 'booked' | 'called' | 'untouched';
export type Coverage = Record<CoverageState, number> & { total: number };

export type AgeGroup = 'to_7' | 'to_14' | 'to_30' | 'older';

export interface Waiting<Item> {
  count: number;
  by_age: { group: AgeGroup; count: number }[];
  oldest: Item[];
}

export interface PausedItem {
  id: string;
  client: Reference | null;
  rep: Reference | null;
  status: 'paused' | 'resumed';
  age_days: number;
}

export type CaseStatus = 'open' | 'accepted' | 'in_work' | 'reported_fixed' | 'rep_called' | 'rejected';
export type Severity = 'stops' | 'hinders' | 'annoys';

export interface CaseItem {
  id: string;
  client: Reference | null;
  status: CaseStatus;
  severity: Severity | null;
  age_days: number;
  reopenings: number;
}

export interface Nps {
  score: number | null;
  answers: number;
  promoters: number;
  passives: number;
  detractors: number;
}

export interface Counts {
  questionnaires: number;
  complete: number;
  drafts: number;
  referrals: number;
  offers: number;
  offers_won: number;
  offers_won_amount_month: number;
  open_conflicts: number | null;
}

export interface Week {
  week: string;
  monday: string;
  delivered: number;
}

/** Parts that are not for the viewer are null. */
export interface Overview {
  as_of: number;
  today: string;
  since: string;
  week: { id: string; monday: string };
  segments: string[];
  coverage: Coverage | null;
  norm: (Progress & { reps: RepProgress[] }) | null;
  trend: Week[] | null;
  paused: Waiting<PausedItem>;
  cases: Waiting<CaseItem> & { confirmed: number; reopened: number };
  nps: Nps | null;
  key_persons: { new: number; changed: number; left: number } | null;
  counts: Counts | null;
}

export type ResultKind = 'choice' | 'choices' | 'scale' | 'number' | 'money' | 'date' | 'text' | 'count';

export interface Place {
  name: string;
  number: string;
  label: Label;
}

export interface Question {
  name: string;
  number: string;
  label: Label;
  kind: ResultKind;
  answered: number;
  repeat?: Place;
  group?: Place;
  choices?: { name: string; label: Label; count: number }[];
  scale?: { value: number; count: number }[];
  bins?: { from: number; to: number; count: number }[];
  months?: { month: string; count: number }[];
  /** A few of the latest texts. */
  samples?: TextItem[];
  statistics?: { min: number; max: number; mean: number; median: number } | null;
}

export interface Section extends Place {
  /** After this section quality decides how the talk goes on. */
  gate: boolean;
  questions: Question[];
}

export interface QuestionResults {
  form: { id: string; version: string; title: Label } | null;
  questionnaires: number;
  unreadable: number;
  sections: Section[];
}

export interface TextItem {
  text: string;
  questionnaire: string;
  client: Reference | null;
  rep: Reference | null;
  date: string | null;
}

export interface Page<Item> {
  total: number;
  items: Item[];
  next_offset: number | null;
}
