import { messageInfected } from '@ai-crm/contracts'
import { scanningOf, type ScannedRow } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { streamContent } from './read-content.ts'
import { attachmentPart } from './store-content.ts'

interface Row extends ScannedRow {
  readonly messageId: string
  readonly position: number
  readonly isInline: boolean
}

export const attachmentScanning = scanningOf<Tables, Row>({
  table: 'attachment',
  together: { column: 'message_id', key: 'messageId' },
  jobs: { scan: 'messaging.scan-attachments', renew: 'messaging.renew-scans' },
  columns: sql`message_id, position, content is not null as is_inline`,
  only: sql<boolean>`true`,
  open: (db, { messageId, position, sizeBytes, isInline }) => streamContent(db, { messageId, part: attachmentPart(position), sizeBytes, isInline }),
  async tell({ db, emit }, { id: attachmentId, messageId }, finding) {
    const { conversationId } = await db.selectFrom('message').select('conversationId').where('id', '=', messageId).executeTakeFirstOrThrow()
    await emit(messageInfected({ messageId, conversationId, attachmentId, finding }), { type: 'system', id: null })
  },
})
