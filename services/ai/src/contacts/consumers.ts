import { contactCreated, contactDeleted, contactRestored, contactUpdated } from '@ai-crm/contracts'
import { definePromptGathering } from '@ai-crm/platform'
import { sql } from 'kysely'
import { ai } from '../ctx.ts'

interface NewContact {
  readonly id: string
  readonly name: string
  readonly company: string | null
  readonly ownerId: string | null
}

/** Whoever is made and gone in one batch is gone. */
const line = 'contact'

/** In their turn: a contact may be renamed in the batch in which it is made. */
const NEW_CONTACTS = definePromptGathering<NewContact>({
  line,
  statementOf: (made) => sql`
    insert into contact (id, name, company, owner_id)
    select * from unnest(${made.map(({ id }) => id)}::uuid[], ${made.map(({ name }) => name)}::text[], ${made.map(({ company }) => company)}::text[],
      ${made.map(({ ownerId }) => ownerId)}::uuid[])
    on conflict (organization_id, id) do nothing`,
})

const GONE_CONTACTS = definePromptGathering<string>({ line, statementOf: (ids) => sql`delete from contact where id = any(${ids}::uuid[])` })

const rememberContact = ai.consume({
  name: 'ai.remember-contact',
  event: contactCreated,
  async handle({ gather }, { data: { contactId: id, name, company, ownerId } }) {
    gather(NEW_CONTACTS, { id, name, company, ownerId })
  },
})

const renameContact = ai.consume({
  name: 'ai.rename-contact',
  event: contactUpdated,
  async handle({ db }, { data: { contactId, changes } }) {
    if (!changes.name && !changes.company && !changes.ownerId) return
    const updated = await db
      .updateTable('contact')
      .set({
        ...(changes.name ? { name: changes.name.to } : {}),
        ...(changes.company ? { company: changes.company.to } : {}),
        ...(changes.ownerId ? { ownerId: changes.ownerId.to } : {}),
      })
      .where('id', '=', contactId)
      .returning('id')
      .executeTakeFirst()
    // Its creation is still parked: fail, so that this event waits behind it instead of being lost.
    if (!updated) throw new Error(`Contact ${contactId} was renamed before it was created.`)
  },
})

const forgetContact = ai.consume({
  name: 'ai.forget-contact',
  event: contactDeleted,
  async handle({ gather }, { data }) {
    gather(GONE_CONTACTS, data.contactId)
  },
})

const rememberRestoredContact = ai.consume({
  name: 'ai.remember-restored-contact',
  event: contactRestored,
  async handle({ db }, { data }) {
    const { name, company, ownerId } = data
    await db
      .insertInto('contact')
      .values({ id: data.contactId, name, company, ownerId })
      .onConflict((conflict) => conflict.columns(['organizationId', 'id']).doUpdateSet({ name, company, ownerId }))
      .execute()
  },
})

export const contactConsumers = [rememberContact, renameContact, forgetContact, rememberRestoredContact]
