import type { Scope } from '../ctx.ts'

/** From here on others need not wait until all of it was told. */
const MANY_RECORDS = 1_000

/** How what becomes of records is told, by how many they are. */
export const tellingOf = ({ emitAll, emitInBulk }: Pick<Scope, 'emitAll' | 'emitInBulk'>, records: number): Scope['emitAll'] =>
  records < MANY_RECORDS ? emitAll : emitInBulk
