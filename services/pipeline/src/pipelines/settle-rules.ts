import { customFieldIdOf, ROLES, UpdateDeal, type GivenStage, type StageRules } from '@ai-crm/contracts'
import type { FieldError } from '@ai-crm/platform'
import { validate as isUuid } from 'uuid'

/** What a deal can be given, but the stage itself and the custom fields, which have keys of their own. */
const FIELDS: ReadonlySet<string> = new Set(Object.keys(UpdateDeal.shape).filter((key) => key !== 'stage' && key !== 'custom'))
const BUILT_IN_ROLES: ReadonlySet<string> = new Set(ROLES)

/**
 * Fields and roles of an organisation's own are CRM's and auth's: of those only the form is looked at. A rule about a field that is not
 * there (any more) stops nobody; one about a role that is not there lets nobody in.
 */
export function problemsOfRules({ kind, rules }: Pick<GivenStage, 'kind' | 'rules'>, stageIds: ReadonlySet<string>): FieldError[] {
  const { requiredFields, enteredFrom, movers } = rules
  return [
    ...requiredFields.flatMap((key, index) => {
      const problem = problemOfField(key, kind)
      return problem ? [{ field: `/rules/requiredFields/${index}`, message: problem }] : []
    }),
    ...(enteredFrom ?? []).flatMap((id, index) =>
      stageIds.has(id) ? [] : [{ field: `/rules/enteredFrom/${index}`, message: 'There is no such stage in this pipeline.' }],
    ),
    ...(movers ?? []).flatMap((role, index) =>
      BUILT_IN_ROLES.has(role) || isUuid(role) ? [] : [{ field: `/rules/movers/${index}`, message: 'There is no such role.' }],
    ),
  ]
}

function problemOfField(key: string, kind: GivenStage['kind']): string | null {
  if (key === 'lostReason' && kind !== 'lost') return 'Only a lost deal has a reason for it.'
  const customId = customFieldIdOf(key)
  return FIELDS.has(key) || (customId !== null && isUuid(customId)) ? null : 'There is no such field.'
}

/** Each once. */
export const settleRules = ({ requiredFields, enteredFrom, movers, wipLimit, tasks }: StageRules): StageRules => ({
  requiredFields: [...new Set(requiredFields)],
  enteredFrom: enteredFrom && [...new Set(enteredFrom)],
  movers: movers && [...new Set(movers)],
  wipLimit,
  tasks,
})
