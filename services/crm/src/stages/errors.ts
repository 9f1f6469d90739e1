import { customFieldIdOf, type MoveObstacle } from '@ai-crm/contracts'
import { defineError } from '@ai-crm/platform'

/** Rules of a stage, and what they say. */
export const moveRefused = defineError(
  'crm.deal.move_refused',
  422,
  (stage: string, obstacles: readonly MoveObstacle[]) => `The deal cannot enter ${stage}: ${obstacles.map(({ detail }) => detail).join('; ')}`,
  (_stage, obstacles) => ({ fields: obstacles.map(({ field, detail }) => ({ field: pointerTo(field), message: detail })), context: { obstacles } }),
)

function pointerTo(field: string | null): string {
  if (field === null) return '/stage'
  const customId = customFieldIdOf(field)
  return customId === null ? `/${field}` : `/custom/${customId}`
}

/** Another organisation's or never there: the same answer. */
export const stageUnknown = defineError(
  'crm.deal.stage_unknown',
  422,
  (_stage: string) => 'There is no such stage.',
  () => ({ fields: [{ field: '/stage', message: 'No such stage' }] }),
)

/** Somebody else has moved it meanwhile. */
export const standsElsewhere = defineError(
  'crm.deal.stands_elsewhere',
  409,
  (_stage: string, name: string, _version: number) => `Somebody moved this deal meanwhile: it stands in ${name}.`,
  (stage, _name, version) => ({ fields: [{ field: '/from', message: 'It stands elsewhere' }], context: { stage, currentVersion: version } }),
)
