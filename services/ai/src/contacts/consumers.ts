import { contactCreated, contactDeleted, contactRestored, contactUpdated } from '@ai-crm/contracts'
import { ai } from '../ctx.ts'

const rememberContact = ai.consume({
  name: 'ai.remember-contact',
  event: contactCreated,
  async handle({ db, run }, { data }) {
    const contact = db
      .insertInto('contact')
      .values({ id: data.contactId, name: data.name, company: data.company, ownerId: data.ownerId })
      .onConflict((conflict) => conflict.columns(['organizationId', 'id']).doNothing())
    run(contact)
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
  async handle({ db }, { data }) {
    await db.deleteFrom('contact').where('id', '=', data.contactId).execute()
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
