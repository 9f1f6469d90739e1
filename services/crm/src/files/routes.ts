import { recordFileEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { createFile } from './create-file.ts'
import { deleteFile } from './delete-file.ts'
import { getContent } from './get-content.ts'
import { listFiles } from './list-files.ts'
import { putChunk } from './put-chunk.ts'

export const fileRoutes = [
  crm.handle(recordFileEndpoints.createRecordFile, async (ctx, { body }) => createFile(ctx, body)),
  crm.handle(recordFileEndpoints.putRecordFileChunk, async (ctx, { params, body }) => putChunk(ctx, params.fileId, body)),
  crm.handle(recordFileEndpoints.listRecordFiles, async (ctx, { query }) => listFiles(ctx, query)),
  crm.handle(recordFileEndpoints.getRecordFileContent, async (ctx, { params }) => getContent(ctx, params.fileId)),
  crm.handle(recordFileEndpoints.deleteRecordFile, async (ctx, { params }) => deleteFile(ctx, params.fileId)),
]
