import type { BoardQuery } from '@ai-crm/contracts'
import { reachesAll } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { dealList } from '../deals/list-deals.ts'
import { askList, type Asked } from '../lists/list-page.ts'

/** `isWhole`: every deal of the pipeline, nothing narrowed and nobody's hidden. */
export type BoardAsked = Asked & { readonly isWhole: boolean }
export type Narrowing = Pick<BoardQuery, 'search' | 'filter' | 'zone' | 'owner' | 'companyId' | 'contactId'>

/** Which deals are on the board. `keys` as askList has them. */
export async function askBoard(ctx: Ctx, query: Narrowing, keys: readonly string[] = []): Promise<BoardAsked> {
  const { search, filter, owner, companyId, contactId } = query
  const asked = await askList(ctx, dealList, query, keys)
  const isNarrowed = [search || undefined, filter, owner, companyId, contactId].some((part) => part !== undefined)
  return { ...asked, isWhole: !isNarrowed && reachesAll(ctx, 'deal', 'read') }
}

/** A cursor goes on with the column, and the question, that it came from. */
export const cursorKind = (stage: string, { search, filter, zone, owner, companyId, contactId }: Narrowing): string =>
  `board/${stage}/${JSON.stringify({ search, filter, zone, owner, companyId, contactId })}`
