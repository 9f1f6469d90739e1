import {
  type CompaniesChange,
  type Company,
  type Contact,
  type ContactsChange,
  type CustomValues,
  type Deal,
  type DealsChange,
  MAX_TAGS_OF_RECORD,
} from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import { sql } from 'kysely'
import { changesBetween as changesOfCompany } from '../companies/company-changes.ts'
import { lockLiving } from '../companies/company-tree.ts'
import { companyUnknown } from '../companies/errors.ts'
import { changesBetween as changesOfContact } from '../contacts/contact-changes.ts'
import { linkTo } from '../contacts/link-company.ts'
import { settlePerson } from '../contacts/settle-person.ts'
import type { Ctx, Db } from '../ctx.ts'
import { changesBetween as changesOfDeal, settleUpdate } from '../deals/deal-rules.ts'
import { changed, customChangesOfMany } from '../fields/change-custom.ts'
import { type Demanded, demandedByStage, requireDemanded } from '../fields/demanded-values.ts'
import { requireTags } from '../tags/known-tags.ts'
import { tooManyTags } from './errors.ts'
import { changesIn, type Plan } from './plan.ts'

/** Plans one record after the other; throws what a single command would for one that cannot be changed so. */
export type Planner<State> = (current: State) => Plan

type Tags = ContactsChange['tags']
type Common = { ownerId?: string | null | undefined; companyId?: string | null | undefined; tags: Tags }

/** What holds for all of them is asked once. Throws `notAMember`, `tagUnknown`, `companyUnknown` (422). */
async function requireNamed(ctx: Ctx, db: Db, { ownerId, companyId, tags }: Common): Promise<string | null> {
  await requireMember(ctx, db, ownerId, 'action/set/ownerId')
  await requireTags(
    db,
    tags.add.map((id) => id.toLowerCase()),
    [],
    '/action/set/tags/add',
  )
  if (typeof companyId !== 'string') return null
  const company = await lockLiving(ctx, db, companyId)
  if (!company) throw companyUnknown('action/set/companyId')
  return company.name
}

/** The tags afterwards; undefined where nobody asked for any. Throws `tooManyTags` (422). */
function tagsAfter(current: readonly string[], { add, remove }: Tags): string[] | undefined {
  if (add.length === 0 && remove.length === 0) return undefined
  const gone = new Set(remove.map((id) => id.toLowerCase()))
  const after = [...new Set([...current, ...add.map((id) => id.toLowerCase())])].filter((id) => !gone.has(id))
  if (after.length > Math.max(current.length, MAX_TAGS_OF_RECORD)) throw tooManyTags()
  return after
}

export async function planContactsChange(ctx: Ctx, db: Db, { tags, custom, ...fields }: ContactsChange): Promise<Planner<Contact>> {
  const companyName = await requireNamed(ctx, db, { ...fields, tags })
  const customOf = await customChangesOfMany(ctx, db, 'contact', custom)
  return (current) => {
    const update = { ...linkTo(companyName, settlePerson(fields, current), current), tagIds: tagsAfter(current.tagIds, tags) }
    return { changes: changesIn(changesOfContact(current, update)), custom: customOf(current.custom), life: null }
  }
}

export async function planCompaniesChange(ctx: Ctx, db: Db, { tags, custom, ...fields }: CompaniesChange): Promise<Planner<Company>> {
  await requireNamed(ctx, db, { ownerId: fields.ownerId, tags })
  const customOf = await customChangesOfMany(ctx, db, 'company', custom)
  return (current) => ({
    changes: changesIn(changesOfCompany(current, { ...fields, tagIds: tagsAfter(current.tagIds, tags) })),
    custom: customOf(current.custom),
    life: null,
  })
}

export async function planDealsChange(ctx: Ctx, db: Db, { tags, custom, ...fields }: DealsChange): Promise<Planner<Deal>> {
  await requireNamed(ctx, db, { ...fields, tags })
  const demanded = await demandedBy(db, fields.stage)
  const customOf = await customChangesOfMany(ctx, db, 'deal', custom)
  return (current) => {
    const update = settleUpdate(current, { ...fields, tagIds: tagsAfter(current.tagIds, tags) })
    const values = customOf(current.custom)
    const stage = update.stage !== undefined && update.stage !== current.stage ? { stage: { from: current.stage, to: update.stage } } : null
    if (stage) requireStage(ctx, demanded, changed(current.custom, values))
    return { changes: { ...changesIn(changesOfDeal(current, update)), ...stage }, custom: values, life: null }
  }
}

export const requireStage = (ctx: Ctx, demanded: readonly Demanded[], values: CustomValues): void => requireDemanded(ctx, 'deal', demanded, values)

/** What a deal has to have to enter the stage. */
export async function demandedBy(db: Db, stage: Deal['stage'] | undefined): Promise<Demanded[]> {
  if (stage === undefined) return []
  const { rows } = await sql<{ demanded: Demanded[] }>`select ${demandedByStage(stage)} as demanded`.execute(db)
  return rows[0]?.demanded ?? []
}
