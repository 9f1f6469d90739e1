import { defineError } from '@ai-crm/platform'

export const notYourFile = defineError('crm.file.not_yours', 403, () => 'Only whoever added a file, or who may delete files of others, changes it.')
