import { aiEndpoints } from './ai/http.ts'
import { factorResetEndpoints } from './auth/factor-reset.ts'
import { factorEndpoints } from './auth/factors.ts'
import { flagEndpoints } from './auth/flags.ts'
import { apiKeyEndpoints } from './auth/api-keys.ts'
import { accountEndpoints } from './auth/account.ts'
import { authEndpoints } from './auth/http.ts'
import { departureEndpoints } from './auth/departure.ts'
import { exportEndpoints } from './auth/exports.ts'
import { securityLogEndpoints } from './auth/security-log.ts'
import { invitationEndpoints } from './auth/invitations.ts'
import { organizationEndpoints } from './auth/organizations.ts'
import { roleEndpoints } from './auth/roles.ts'
import { sessionEndpoints } from './auth/sessions.ts'
import { ssoEndpoints } from './auth/sso.ts'
import { ssoSettingsEndpoints } from './auth/sso-settings.ts'
import { teamEndpoints } from './auth/teams.ts'
import { webhookEndpoints } from './webhook/http.ts'
import { forecastEndpoints } from './pipeline/forecast.ts'
import { handOverEndpoints } from './pipeline/hand-over.ts'
import { stayEndpoints } from './pipeline/history.ts'
import { pipelineEndpoints } from './pipeline/http.ts'
import { pipelineTemplateEndpoints } from './pipeline/templates.ts'
import type { Endpoint } from './core/endpoint.ts'
import { operationsEndpoints } from './core/operations.ts'
import { companyEndpoints } from './crm/company.ts'
import { boardEndpoints } from './crm/board.ts'
import { dealEndpoints } from './crm/deal.ts'
import { duplicateEndpoints } from './crm/duplicates.ts'
import { fieldEndpoints } from './crm/fields.ts'
import { recordFileEndpoints } from './crm/file.ts'
import { crmEndpoints } from './crm/http.ts'
import { importEndpoints } from './crm/imports.ts'
import { listExportEndpoints } from './crm/list-export.ts'
import { mergeEndpoints } from './crm/merges.ts'
import { recordNoteEndpoints } from './crm/note.ts'
import { operationEndpoints } from './crm/operations.ts'
import { tagEndpoints } from './crm/tags.ts'
import { taskEndpoints } from './crm/task.ts'
import { searchEndpoints } from './crm/search.ts'
import { trashEndpoints } from './crm/trash.ts'
import { viewEndpoints } from './crm/views.ts'
import { personErasureEndpoints } from './crm/person-erasure.ts'
import { personDataEndpoints } from './core/person-data.ts'
import { messagingEndpoints } from './messaging/http.ts'
import { systemMailEndpoints } from './messaging/system-mail.ts'
import { websocketEndpoints } from './websocket/http.ts'
import * as aiEvents from './ai/events.ts'
import * as authEvents from './auth/events.ts'
import * as companyEvents from './crm/company-events.ts'
import * as dealEvents from './crm/deal-events.ts'
import * as crmEvents from './crm/events.ts'
import * as exportEvents from './crm/list-export.ts'
import * as personEvents from './crm/person-erasure.ts'
import * as mergeEvents from './crm/merge-events.ts'
import * as noteEvents from './crm/note-events.ts'
import * as operationEvents from './crm/operation-events.ts'
import * as taskEvents from './crm/task-events.ts'
import * as fileEvents from './crm/file-events.ts'
import * as fieldEvents from './crm/field-events.ts'
import * as tagEvents from './crm/tag-events.ts'
import * as viewEvents from './crm/view-events.ts'
import * as messagingEvents from './messaging/events.ts'
import * as webhookEvents from './webhook/events.ts'
import * as websocketEvents from './websocket/events.ts'
import * as pipelineEvents from './pipeline/events.ts'
import type { EventDefinition } from './core/event.ts'

/** Every public endpoint, by service: what the gateway routes and the typed client offers. */
export const api = {
  auth: {
    ...authEndpoints,
    ...accountEndpoints,
    ...securityLogEndpoints,
    ...organizationEndpoints,
    ...departureEndpoints,
    ...exportEndpoints,
    ...invitationEndpoints,
    ...sessionEndpoints,
    ...roleEndpoints,
    ...teamEndpoints,
    ...factorEndpoints,
    ...factorResetEndpoints,
    ...apiKeyEndpoints,
    ...ssoEndpoints,
    ...ssoSettingsEndpoints,
    ...flagEndpoints,
  },
  crm: {
    ...crmEndpoints,
    ...companyEndpoints,
    ...dealEndpoints,
    ...boardEndpoints,
    ...fieldEndpoints,
    ...importEndpoints,
    ...recordFileEndpoints,
    ...listExportEndpoints,
    ...duplicateEndpoints,
    ...mergeEndpoints,
    ...recordNoteEndpoints,
    ...operationEndpoints,
    ...personErasureEndpoints,
    ...personDataEndpoints.crm,
    ...tagEndpoints,
    ...taskEndpoints,
    ...searchEndpoints,
    ...trashEndpoints,
    ...viewEndpoints,
  },
  messaging: { ...messagingEndpoints, ...systemMailEndpoints, ...personDataEndpoints.messaging },
  ai: { ...aiEndpoints, ...personDataEndpoints.ai },
  webhook: { ...webhookEndpoints, ...personDataEndpoints.webhook },
  pipeline: {
    ...pipelineEndpoints,
    ...pipelineTemplateEndpoints,
    ...stayEndpoints,
    ...handOverEndpoints,
    ...forecastEndpoints,
    ...personDataEndpoints.pipeline,
  },
  websocket: websocketEndpoints,
} as const

/** Services that consume events have dead letters, and the platform's endpoints to look at them. */
const CONSUMING_SERVICES = ['auth', 'crm', 'messaging', 'ai', 'webhook', 'pipeline', 'websocket'] as const

export const allEndpoints: readonly Endpoint[] = [
  ...Object.values(api).flatMap((endpoints) => Object.values<Endpoint>(endpoints)),
  ...CONSUMING_SERVICES.flatMap((service) => Object.values<Endpoint>(operationsEndpoints(service))),
]

const isEvent = (value: unknown): value is EventDefinition => typeof value === 'function' && 'aggregateType' in value

/** Every event, by the service that owns it. */
export const eventsByService: Readonly<Record<string, readonly EventDefinition[]>> = Object.fromEntries(
  Object.entries({
    auth: authEvents,
    crm: {
      ...crmEvents,
      ...companyEvents,
      ...dealEvents,
      ...exportEvents,
      ...fieldEvents,
      ...fileEvents,
      ...mergeEvents,
      ...noteEvents,
      ...operationEvents,
      ...personEvents,
      ...tagEvents,
      ...taskEvents,
      ...viewEvents,
    },
    messaging: messagingEvents,
    ai: aiEvents,
    webhook: webhookEvents,
    pipeline: pipelineEvents,
    websocket: websocketEvents,
  }).map(([service, module]) => [service, Object.values(module).filter(isEvent)]),
)
export const allEvents: readonly EventDefinition[] = Object.values(eventsByService).flat()
