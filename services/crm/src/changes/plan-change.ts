import { type CompaniesChange, type Company, type Contact, type ContactsChange, type Deal, type DealsChange, MAX_TAGS_OF_RECORD } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import { changesBetween as changesOfCompany } from '../companies/company-changes.ts'
import { lockLiving } from '../companies/company-tree.ts'
import { companyUnknown } from '../companies/errors.ts'
import { changesBetween as changesOfContact } from '../contacts/contact-changes.ts'
import { linkTo } from '../contacts/link-company.ts'
import { settlePerson } from '../contacts/settle-person.ts'
import type { Ctx, Db } from '../ctx.ts'
import { changesBetween as changesOfDeal, settleUpdate } from '../deals/deal-rules.ts'
import { changed, customChangesOfMany } from '../fields/change-custom.ts'
import { type MoveRules, requireStage } from '../stages/move-rules.ts'
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

/** `rulesOf` the stage that all of them shall enter. */
export async function planDealsChange(
  ctx: Ctx,
  db: Db,
  { tags, custom, ...fields }: DealsChange,
  rulesOf: (targets: readonly string[]) => Promise<MoveRules>,
): Promise<Planner<Deal>> {
  await requireNamed(ctx, db, { ...fields, tags })
  const rules = fields.stage === undefined ? null : await rulesOf([fields.stage])
  const kind = rules && fields.stage !== undefined ? requireStage(rules.stages, fields.stage).kind : null
  const customOf = await customChangesOfMany(ctx, db, 'deal', custom)
  return (current) => {
    const isMoved = fields.stage !== undefined && fields.stage !== current.stage
    const update = settleUpdate(current, { ...fields, tagIds: tagsAfter(current.tagIds, tags) }, (isMoved ? kind : null) ?? current.stageKind)
    const values = customOf(current.custom)
    const changes = changesIn(changesOfDeal(current, update))
    const after = { ...current, ...afterOf(changes), custom: changed(current.custom, values) }
    const stage = isMoved && rules && fields.stage !== undefined ? { stage: { from: current.stage, to: rules.enter(after, current, fields.stage).id } } : null
    return { changes: { ...changes, ...stage }, custom: values, life: null }
  }
}

const afterOf = (changes: Plan['changes']): object => Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]))
