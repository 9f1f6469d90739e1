import type { Connection } from 'pg'

/**
 * The part of pg 8.23's wire interface that one batch uses. `@types/pg` describes it loosely (`more` flags that
 * no longer exist), so it is narrowed here, once; `open-database.int.test.ts` fails when pg changes it.
 */
export interface WireConnection {
  readonly stream: { cork(): void; uncork(): void; destroy(reason?: Error): void }
  parse(message: { name: string; text: string }): void
  bind(message: { statement: string; values: readonly WireValue[] }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: Record<string, never>): void
  close(message: { type: 'S'; name: string }): void
  sync(): void
  once(event: 'readyForQuery' | 'end', listener: () => void): void
  off(event: 'readyForQuery' | 'end', listener: () => void): void
}

export type WireValue = string | Buffer | null

export interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}
export interface DataRow {
  readonly fields: readonly (string | null)[]
}
export interface CommandComplete {
  readonly text: string
}

// pg's own type erases what we call; see WireConnection.
export const wireOf = (connection: Connection): WireConnection => connection as unknown as WireConnection
