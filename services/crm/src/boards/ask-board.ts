import type { BoardQuery } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { dealList } from '../deals/list-deals.ts'
import { askList, type Asked } from '../lists/list-page.ts'

export type Narrowing = Pick<BoardQuery, 'search' | 'filter' | 'zone' | 'owner' | 'companyId' | 'contactId'>

/** Which deals are on the board. `keys` as askList has them. */
export const askBoard = (ctx: Ctx, query: Narrowing, keys: readonly string[] = []): Promise<Asked> => askList(ctx, dealList, query, keys)

/** A cursor goes on with the column, and the question, that it came from. */
export const cursorKind = (stage: string, { search, filter, zone, owner, companyId, contactId }: Narrowing): string =>
  `board/${stage}/${JSON.stringify({ search, filter, zone, owner, companyId, contactId })}`
