import type { ConversationSearch } from '@ai-crm/contracts'
import { sql, type ExpressionBuilder, type SqlBool, type Expression } from 'kysely'
import type { Tables } from '../tables.ts'

type Folder = ConversationSearch['folder']

/** What is in a folder. `mine` of nobody is empty. */
export function inFolder(eb: ExpressionBuilder<Tables, 'conversation'>, folder: Folder, viewer: string | null): Expression<SqlBool> {
  switch (folder) {
    case 'all':
      return sql<SqlBool>`true`
    case 'mine':
      return viewer === null ? sql<SqlBool>`false` : eb.and([eb('status', '=', 'open'), eb('assigneeId', '=', viewer)])
    case 'unassigned':
      return eb.and([eb('status', '=', 'open'), eb('assigneeId', 'is', null)])
    case 'open':
    case 'snoozed':
    case 'closed':
      return eb('status', '=', folder)
  }
}
