import { defineError, type FieldError } from '@ai-crm/platform'

/** Everything that is wrong at once, each with its field. */
export const unsound = defineError(
  'pipeline.pipeline.unsound',
  422,
  (_problems: readonly FieldError[]) => 'A pipeline cannot be like this.',
  (problems) => ({ fields: problems }),
)
export const nameTaken = defineError(
  'pipeline.pipeline.name_taken',
  409,
  () => 'There is a pipeline of this name already.',
  () => ({ fields: [{ field: '/name', message: 'There is a pipeline of this name already.' }] }),
)
export const tooManyPipelines = defineError(
  'pipeline.pipeline.too_many',
  409,
  (most: number) => `An organisation has at most ${most} pipelines. Archive one first.`,
)
export const lastPipeline = defineError('pipeline.pipeline.last', 409, () => 'The last pipeline cannot be archived: every deal stands in one.')
