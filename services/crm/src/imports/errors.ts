import { defineError, type FieldError } from '@ai-crm/platform'

export const fileTooLarge = defineError(
  'crm.import.file_too_large',
  413,
  (limitBytes: number) => `Files of up to ${Math.floor(limitBytes / 1024 ** 2)} MB can be imported. Divide it, or leave columns out.`,
  () => ({ fields: [{ field: '/sizeBytes', message: 'Too large' }] }),
)

export const fileIncomplete = defineError('crm.import.file_incomplete', 409, () => 'Pieces of the file are missing. Send them first.')

/** What is asked for does not fit how far the import is. */
export const wrongState = defineError('crm.import.wrong_state', 409, (state: string) => `This import is at another step (${state}). Look at it anew.`)

export const settingsUnfit = defineError(
  'crm.import.settings_unfit',
  422,
  (problems: readonly FieldError[]) => problems[0]?.message ?? 'These settings do not fit the file.',
  (problems) => ({ fields: problems }),
)

export const rightMissing = defineError(
  'crm.import.right_missing',
  403,
  (what: string) => `Your role does not let you ${what}, so an import of yours cannot either.`,
)

export const tooManyImports = defineError(
  'crm.import.too_many',
  409,
  (limit: number) => `You have ${limit} imports under way. Finish or start one of them first.`,
)
