// What the core answers (client-core/include/anketa/anketa.h, docs/forms.md).
export interface CoreStatus {
  device: string;
  unsynced: number;
  unsynced_records: number;
  parked: number;
  waiting: number;
  open_conflicts: number;
  attachments_to_upload: number;
  records: number;
  last_sync?: number;
  account?: { user: string; login: string; name: string; role: string; server: string };
}

export type Body = Record<string, unknown>;

export interface Rec {
  id: string;
  collection: string;
  scope: string;
  version: number;
  body: Body;
  unsynced?: number;
  parked?: boolean;
}

/** A quality case with what follows from it: whose turn it is, when it is due, what can be done next. */
export interface Case extends Rec {
  turn: string;
  due_on: string | null;
  overdue_days: number;
  age_days: number | null;
  steps: string[];
}

export interface Card {
  client: Rec;
  records: Record<string, Rec[]>;
}

/** When a part of a dossier is to be revised (R31). */
export interface Revision {
  part: string;
  revised_on: string | null;
  due_on: string | null;
  state: 'current' | 'due' | 'overdue' | 'never';
}

/** The page before a meeting (shared/programme/brief.hpp). */
export interface Brief {
  persons: { id: string; name: string; left: boolean; main?: boolean; post?: string; attitude?: string }[];
  last_talk: { on: string; kind: string; with?: string; summary?: string; agreed?: string; next_step?: string } | null;
  changes: { text: string; on: string }[];
  turnover: { id: string; name: string; verified?: { outcome: string } }[];
  cases: { id: string; status: string; severity: string; opened_on: string }[];
  promises: { text: string; by: 'us' | 'client'; due_on: string | null }[];
  new_in_range: { code: string; name: { ru: string; en: string } }[];
  avoid: string;
  warnings: string[];
}

export interface CallItem {
  client: { id: string; name: string };
  attempts: number;
  last: { at: number; outcome: string; call_back_at: number | null } | null;
  due: boolean;
}
/** The report "calls" (docs/api.md). */
export interface CallList {
  campaign: { id: string; title: string } | null;
  script: { ru: string; en: string };
  items: CallItem[];
}

export interface Reference {
  id: string;
  name: string;
  address?: string;
  city?: string;
  phone?: string;
}

export interface Entry {
  id: string;
  client: Reference | null;
  body: Body;
  day?: string;
}

export interface Day {
  date: string;
  week: string;
  visits: Entry[];
  calls: Entry[];
  resume: Entry[];
  drafts: Entry[];
  norm: { done: number; waiting: number; norm: number; due: number; pace: 'behind' | 'on_pace' | 'met' };
  clients: { done: number; paused: number; booked: number; untouched: number; total: number };
}

export interface ConflictSide {
  value: unknown;
  mutation: string;
  user: string;
  user_name?: string;
  at: number;
  in_effect: boolean;
  consumed?: boolean;
}

export interface Conflict {
  id: string;
  record: string;
  collection: string;
  path: string;
  base: unknown;
  sides: ConflictSide[];
}

export interface Parked {
  mutation: string;
  record: string;
  collection: string;
  at: number;
  problem: { code: string; message: string; remedy: string };
  ops: { op: string; path: string; value: unknown }[];
}

export interface Choice {
  name: string;
  label: string;
  selected: boolean;
}

export interface Item {
  id: string;
  path: string;
  label: string;
  position: number;
}

export interface Question {
  path: string;
  name: string;
  type: string;
  label: string;
  required: boolean;
  read_only: boolean;
  relevant: boolean;
  answered: boolean;
  value: unknown;
  number?: string;
  hint?: string;
  section?: string;
  group_label?: string;
  appearance?: string;
  value_text?: string;
  choices?: Choice[];
  warnings?: string[];
  range?: { start: string; end: string; step: string };
  items?: Item[];
  min_items?: number;
}

export interface Section {
  name: string;
  number: string;
  label: string;
  hint?: string;
  minutes: number;
  relevant: boolean;
  locked: boolean;
  gate: boolean;
  answered: number;
  total: number;
  missing: number;
}

export interface Gap {
  /** Of a list item's question: what the item is called. */
  item?: string;
  path: string;
  name: string;
  label: string;
  message: string;
  kind: string;
  number?: string;
  section?: string;
}

export interface FillView {
  questionnaire: string;
  client: string;
  status: string;
  gate: 'undecided' | 'open' | 'problem' | 'confirmed';
  current: Question | null;
  progress: { answered: number; total: number; missing: number; minutes_max: number; sections: Section[] };
  missing: Gap[];
  questions?: Question[];
}

export interface FinishOutcome {
  done: boolean;
  status: string;
  resume_point?: string;
  gaps: Gap[];
  problems: { code: string; message: string; remedy: string; where?: string }[];
}

export const text = (body: Body | undefined, field: string): string => {
  const value = body?.[field];
  return typeof value === 'string' ? value : '';
};
/** Entries of a log, which a record keeps by their ids: the oldest first. */
export const entriesOf = (body: Body | undefined, field: string): Body[] =>
  Object.values((body?.[field] ?? {}) as Record<string, Body>).sort((a, b) => Number(a['at'] ?? 0) - Number(b['at'] ?? 0));
/** A sum typed in roubles; what is no sum goes as it is, for the core to say what is wrong with it. */
export function kopecks(typed: string): number | string {
  const roubles = Number(typed.replace(/[\s\u00a0]/g, '').replace(',', '.'));
  return Number.isFinite(roubles) ? Math.round(roubles * 100) : typed;
}
/** Today where the rep is, "2025-06-10". */
export const localDate = (): string => new Date(Date.now() + offsetMinutes() * 60_000).toISOString().slice(0, 10);
export const offsetMinutes = (): number => -new Date().getTimezoneOffset();
