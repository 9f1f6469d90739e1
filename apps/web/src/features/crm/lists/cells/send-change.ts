import { newIdempotencyKey } from '../../../../lib/api/idempotency-key.ts'
import { hasCode } from '../../../../lib/api/explain.ts'
import { retrying } from '../../../../lib/api/retrying.ts'
import { editInTurn } from '../../records/edit-in-turn.ts'
import type { RecordEdit, Send } from './record-edit.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/** One change of a cell on its way. */
export interface Sending<Row> {
  readonly row: Row
  readonly send: Send<Row>
  /** Whether the cell in this row still says what the person saw when they changed it. */
  readonly isStill: (row: Row) => boolean
}

/**
 * Sends it as of the version on screen. Where somebody has changed another field of the record meanwhile, it is sent again as of theirs: only who
 * changed the very same value is asked first. `onNewer` is told what the record has become.
 */
export async function sendChange<Row extends Versioned>(read: RecordEdit<Row>['read'], sending: Sending<Row>, onNewer: (row: Row) => void): Promise<Row> {
  const { row, send, isStill } = sending
  const key = newIdempotencyKey()
  try {
    return await editInTurn(row.id, row.version, (version) => retrying(() => send(version, key)))
  } catch (error) {
    if (!hasCode(error, 'platform.version_conflict')) throw error
    const newest = await read(row.id)
    onNewer(newest)
    if (!isStill(newest)) throw error
    const again = newIdempotencyKey()
    return retrying(() => send(newest.version, again))
  }
}
