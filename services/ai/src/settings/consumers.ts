import { organizationCreated } from '@ai-crm/contracts'
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

export const settingsConsumers = [prepareSettings]
