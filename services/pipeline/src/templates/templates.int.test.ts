import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { SHAPES } from './shapes.ts'

const pipeline = await startService(service)

it.each(['en', 'ru'])('offers templates in %s, each of which makes a pipeline as it stands', async (locale) => {
  const agent = await pipeline.signIn()
  const { items } = (await agent.get(`/pipeline-templates?locale=${locale}`)).body
  expect(items.map(({ id }: { id: string }) => id)).toEqual(Object.keys(SHAPES))
  for (const { id, pipeline: template } of items) {
    const made = await agent.post('/pipelines', template)
    expect([made.status, made.body.stages.length], id).toEqual([201, template.stages.length])
    expect(/[а-я]/i.test(made.body.name), made.body.name).toBe(locale === 'ru')
  }
})
