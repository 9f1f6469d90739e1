import type { BoardQuery } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { dealList } from '../deals/list-deals.ts'
import { askList, type Asked } from '../lists/list-page.ts'

export type BoardAsked = Asked & { readonly isNarrowed: boolean }
export type Narrowing = Pick<BoardQuery, 'search' | 'filter' | 'zone' | 'owner' | 'companyId' | 'contactId'>

/** Which deals are on the board, and whether that is fewer than the pipeline has. `keys` as askList has them. */
export async function askBoard(ctx: Ctx, query: Narrowing, keys: readonly string[] = []): Promise<BoardAsked> {
  const { search, filter, owner, companyId, contactId } = query
  const asked = await askList(ctx, dealList, query, keys)
  return { ...asked, isNarrowed: [search || undefined, filter, owner, companyId, contactId].some((part) => part !== undefined) }
}

/** A cursor goes on with the column, and the question, that it came from. */
export const cursorKind = (stage: string, { search, filter, zone, owner, companyId, contactId }: Narrowing): string =>
  `board/${stage}/${JSON.stringify({ search, filter, zone, owner, companyId, contactId })}`
