import type { Belongings, Company, Contact, MergeRecord } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { belongingsOf } from './belongings.ts'
import { otherUnknown } from './errors.ts'
import { type MergeableRecord, readCompanies, readContacts } from './lock-records.ts'

interface Preview<Item> {
  readonly survivor: Item
  readonly others: Item[]
  readonly moves: Belongings
}
type Asked = { readonly survivorId: string; readonly otherId: string | null }

const NOTHING: Belongings = { deals: 0, tasks: 0, notes: 0, files: 0, conversations: 0, contacts: 0, companies: 0 }
const idsOf = ({ survivorId, otherId }: Asked): string[] => (otherId === null ? [survivorId] : [survivorId, otherId])

export const previewContactMerge = async (ctx: Ctx, asked: Asked): Promise<Preview<Contact>> =>
  preview(ctx, 'contact', asked, await readContacts(ctx, ctx.db, idsOf(asked)))

export const previewCompanyMerge = async (ctx: Ctx, asked: Asked): Promise<Preview<Company>> =>
  preview(ctx, 'company', asked, await readCompanies(ctx, ctx.db, idsOf(asked)))

/** The two as whoever asks may see them, and how much goes over. Throws 404, `otherUnknown` (422). */
async function preview<Item extends Contact | Company>(
  ctx: Ctx,
  record: MergeRecord,
  { survivorId, otherId }: Asked,
  records: readonly MergeableRecord<Item>[],
): Promise<Preview<Item>> {
  const seen = (id: string | null) => records.find((each) => each.id === id && !each.isDeleted && each.mayRead)
  const [survivor, other] = [seen(survivorId), seen(otherId)]
  if (!survivor) throw notFound(record)
  if (otherId === null) return { survivor: survivor.item, others: [], moves: NOTHING }
  if (!other || otherId === survivorId) throw otherUnknown('query/otherId')
  return { survivor: survivor.item, others: [other.item], moves: await belongingsOf(ctx.db, record, otherId) }
}
