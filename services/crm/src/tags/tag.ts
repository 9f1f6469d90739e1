import type { Tag } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Db } from '../ctx.ts'
import type { Tables } from '../tables.ts'

export const TAG_COLUMNS = ['tag.id', 'tag.name', 'tag.color', 'tag.createdAt', 'tag.updatedAt', 'tag.version'] as const

type Columns = Selectable<Tables['tag']>
export type TagRow = Pick<Columns, 'id' | 'name' | 'color' | 'createdAt' | 'updatedAt' | 'version'>

export const toTag = ({ createdAt, updatedAt, ...row }: TagRow, recordCount: number | null = null): Tag => ({
  ...row,
  recordCount,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

/** Deleted or not, until the end of the transaction. */
export const lockTag = (db: Db, tagId: string) =>
  db
    .selectFrom('tag')
    .select([...TAG_COLUMNS, 'tag.deletedAt'])
    .where('id', '=', tagId)
    .forUpdate()
    .executeTakeFirst()
