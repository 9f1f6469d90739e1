import { aiSagaAnswered, authSagaRequested, organizationUpdated } from '@ai-crm/contracts'
import { ai } from '../ctx.ts'
import { forgetSettings, prepareSettings } from './prepare-settings.ts'

/** The AI's part when an organisation is founded. */
const followFounding = ai.takePart({
  name: 'ai.take-part',
  requested: authSagaRequested,
  answered: aiSagaAnswered,
  parts: { 'ai.prepare-settings': { do: prepareSettings, undo: forgetSettings } },
})

const renameOrganization = ai.consume({
  name: 'ai.rename-organization',
  event: organizationUpdated,
  async handle({ db }, { data: { changes } }) {
    const known = { ...(changes.name ? { organizationName: changes.name.to } : {}), ...(changes.locale ? { locale: changes.locale.to } : {}) }
    if (Object.keys(known).length > 0) await db.updateTable('aiSettings').set(known).execute()
  },
})

export const settingsConsumers = [followFounding, renameOrganization]
