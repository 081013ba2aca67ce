// Records of a client as its file brings them: whatever the collection, fields by name.
export interface Rec {
  id: string;
  fields: Record<string, unknown>;
}

/** A field that holds a text; empty where it does not. */
export const text = (record: Rec | undefined, field: string): string => {
  const value = record?.fields[field];
  return typeof value === 'string' ? value : '';
};

/** Items of a list or entries of a log. */
export const itemsOf = (record: Rec, field: string): Record<string, unknown>[] => {
  const value = record.fields[field];
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.values(value as Record<string, Record<string, unknown>>) : [];
};

/** What opens the history of a record, or of one of its fields. */
export type ShowHistory = (record: string, collection: string, title: string, path?: string) => void;

/** The day of an instant where the reader is: "2025-06-10". */
export const dayOf = (instant: number): string => new Date(instant).toLocaleDateString('sv');
