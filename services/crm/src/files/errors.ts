import { defineError } from '@ai-crm/platform'

export const notYourFile = defineError('crm.file.not_yours', 403, () => 'Only whoever added a file, or who may delete files of others, changes it.')

export const chunkUnfit = defineError(
  'crm.file.chunk_unfit',
  422,
  (expectedBytes: number) =>
    expectedBytes > 0 ? `This piece of the file must have ${expectedBytes} bytes. Send it again.` : 'The file has no such piece: it is smaller.',
  () => ({ fields: [{ field: '/bytes', message: 'Not of the size that this piece has' }] }),
)
