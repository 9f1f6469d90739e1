import type { Pipelinex } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { toPipelinex } from './pipelinex.ts'

export async function getPipelinex({ db }: Ctx, pipelinexId: string): Promise<Pipelinex> {
  const row = await db.selectFrom('pipelinex').selectAll().where('id', '=', pipelinexId).executeTakeFirst()
  if (!row) throw notFound('pipelinex')
  return toPipelinex(row)
}
