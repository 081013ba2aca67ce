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

export interface Colleague {
  id: string;
  name: string;
  role: Role;
  share: 'full' | 'part' | null;
  active: boolean;
}

export interface ClientItem {
  id: string;
  name: string;
  segment: string | null;
  industry: string | null;
  region: string | null;
  city: string | null;
  key_status: 'ordinary' | 'key' | 'top' | null;
  owner: Reference | null;
  coverage: CoverageState | null;
  last_met_on: string | null;
  open_cases: number;
}

export type Fields = Record<string, unknown>;

export interface StoredRecord {
  id: string;
  version: number;
  seq: number;
  fields: Fields;
}

export interface ClientFile extends StoredRecord {
  records: Record<string, StoredRecord[]>;
}

export interface Named {
  id: string;
  name: string | null;
}

export interface Change {
  path: string;
  op: 'set' | 'remove' | 'add' | 'append' | 'transition';
  value: unknown;
}

export interface HistoryItem {
  mutation: string;
  user: Named | null;
  device: Named | null;
  at: number;
  received_at: number;
  status: string;
  marks: string[];
  changes: Change[];
}

export interface AuditItem extends Omit<HistoryItem, 'changes'> {
  position: number;
  record: string;
  collection: string;
  client: Named | null;
  paths: string[];
}

export interface ConflictSide {
  mutation: string;
  value: unknown;
  user: Named | null;
  device: Named | null;
  at: number;
  consumed: boolean;
}

export interface ConflictItem {
  id: string;
  record: string;
  collection: string;
  path: string;
  client: Named | null;
  title: string;
  deleted: boolean;
  state: 'open' | 'resolved';
  base: unknown;
  now: unknown;
  sides: ConflictSide[];
}

export interface ParkedItem {
  mutation: string;
  record: string;
  collection: string;
  client: Named | null;
  title: string;
  user: Named | null;
  device: Named | null;
  received_at: number;
  problem: { code: string; message: string; remedy: string } | null;
  changes: Change[];
  quarantine: boolean;
}

export interface QuestionnaireItem {
  id: string;
  client: Reference | null;
  rep: Reference | null;
  form: { id: string; version: string };
  status: 'draft' | 'paused' | 'resumed' | 'complete' | 'complete_after_pause';
  date: string | null;
  started_at: number | null;
  finished_at: number | null;
  delivered_at: number | null;
  nps: number | null;
  resume_point: string | null;
  age_days: number | null;
}

export interface Answer extends Place {
  kind: ResultKind;
  value: unknown;
  labels: Label[] | null;
  repeat?: Place;
  group?: Place;
  item?: string;
}

export interface FilledQuestionnaire extends QuestionnaireItem {
  readable: boolean;
  sections: (Place & { answers: Answer[] })[];
}

export interface FormRow extends Place {
  hint: Label;
  type: string;
  appearance: string;
  read_only: boolean;
  required: boolean;
  choices?: { name: string; label: Label }[];
  range?: { start: number; end: number };
  rows?: FormRow[];
  print_rows?: number;
}

export interface FormView {
  id: string;
  version: string;
  title: Label;
  minutes_max: number;
  sections: (Place & { minutes: number; side: number; gate: boolean; rows: FormRow[] })[];
}

export interface RegisterItem {
  id: string;
  client: Reference | null;
  owner: Reference | null;
  questionnaire: string | null;
  status: CaseStatus | 'confirmed';
  open: boolean;
  severity: Severity | null;
  complaints: number;
  opened_on: string | null;
  confirmed_on: string | null;
  age_days: number | null;
  reopenings: number;
}

export interface DeviceItem {
  id: string;
  name: string;
  user: { id: string; login: string; name: string };
  registered_at: string;
  last_seen: string;
  revoked: boolean;
  forks: number;
  forked_at?: string;
  forked_from?: string;
  revoked_at?: string;
  revoked_by?: string;
  handed_over_at?: string;
}

export interface UserItem {
  id: string;
  login: string;
  name: string;
  role: Role;
  active: boolean;
  share: 'full' | 'part' | null;
  clients_owned: number;
  clients_helped: number;
  devices: number;
  last_seen: number | null;
}
