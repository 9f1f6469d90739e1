import { organizationCreated, organizationUpdated } from '@ai-crm/contracts'
import { ai } from '../ctx.ts'

const prepareSettings = ai.consume({
  name: 'ai.prepare-settings',
  event: organizationCreated,
  async handle({ db }, { data }) {
    const known = { organizationName: data.name, locale: data.locale }
    await db
      .insertInto('aiSettings')
      .values(known)
      .onConflict((conflict) => conflict.column('organizationId').doUpdateSet(known))
      .execute()
  },
})

const renameOrganization = ai.consume({
  name: 'ai.rename-organization',
  event: organizationUpdated,
  async handle({ db }, { data: { changes } }) {
    const known = { ...(changes.name ? { organizationName: changes.name.to } : {}), ...(changes.locale ? { locale: changes.locale.to } : {}) }
    if (Object.keys(known).length > 0) await db.updateTable('aiSettings').set(known).execute()
  },
})

export const settingsConsumers = [prepareSettings, renameOrganization]
