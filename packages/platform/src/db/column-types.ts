import type { ColumnType } from 'kysely'

/** timestamptz: a Date when read (milliseconds); written as Date, ISO 8601 text, or `-infinity`. */
export type Instant = ColumnType<Date, Date | string, Date | string>

/** json, jsonb: parsed when read, written as text by `JSON.stringify`: an array would otherwise become a PostgreSQL array. */
export type Json<Value> = ColumnType<Value, string, string>

/** May be left out of an insert. */
export type Defaulted<Column> =
  Column extends ColumnType<infer Selected, infer Inserted, infer Updated>
    ? ColumnType<Selected, Inserted | undefined, Updated>
    : ColumnType<Column, Column | undefined, Column>

/** Written by PostgreSQL alone: generated columns and identities. */
export type Computed<Value> = ColumnType<Value, never, never>
