import type { ImportSettings } from '@ai-crm/contracts'
import type { Db } from '../ctx.ts'
import type { Draft } from '../import-reading/draft.ts'
import type { Storing } from './import-kind.ts'
import { findTags } from './named-things.ts'

/** How rows that will be stored are marked: what they name, and what whoever imports has added. New tags are made, with their events. */
export async function tagsOfRows({ asker, scope, settings, result }: Storing, drafts: readonly Draft[]): Promise<(draft: Draft) => string[]> {
  const names = drafts.flatMap(({ tags }) => tags)
  const { found, events } = await findTags(asker, scope.db, names)
  await scope.emitAll(events)
  result.made.push(...events)
  const added = await living(scope.db, settings.tagIds)
  return ({ tags }) => [...new Set([...tags.flatMap((tag) => found.get(tag.toLowerCase()) ?? []), ...added])]
}

async function living(db: Db, tagIds: ImportSettings['tagIds']): Promise<string[]> {
  if (tagIds.length === 0) return []
  const rows = await db.selectFrom('tag').select('id').where('id', 'in', tagIds).where('deletedAt', 'is', null).forShare().execute()
  return rows.map(({ id }) => id)
}
