import { inReachThrough } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

const CONVERSATION = { table: 'conversationContact', id: 'conversationId', owner: 'assigneeId' } as const

/** Without what was said in conversations that whoever asks may not read: a condition on `timeline_entry`. */
export const ofReadableConversation = (ctx: Ctx) =>
  sql<boolean>`(timeline_entry.conversation_id is null or ${inReachThrough(ctx, 'conversation', 'read', CONVERSATION, 'timelineEntry.conversationId')})`
