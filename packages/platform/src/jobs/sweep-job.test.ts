import { expect, it, vi } from 'vitest'
import { sweepJob } from './sweep-job.ts'

const ids = ['a', 'b', 'c']

function swept(handle: (ctx: { organizationId: string }) => Promise<void>) {
  const log = { error: vi.fn() }
  const controller = new AbortController()
  const publicCtx = { log, signal: controller.signal, enter: (organizationId: string) => ({ organizationId }) }
  const job = sweepJob({ name: 'crm.tidy', schedule: '0 * * * *', handle: handle as never }, { query: async () => ids.map((id) => ({ id })) as never[] })
  return { log, controller, run: () => job.handle(publicCtx as never, undefined as never) }
}

it('goes on with the other organisations where one fails, and says of which', async () => {
  const done: string[] = []
  const { run, log } = swept(async ({ organizationId }) => {
    if (organizationId === 'b') throw new Error('broken')
    done.push(organizationId)
  })
  await run()
  expect(done).toEqual(['a', 'c'])
  expect(log.error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ sweep: 'crm.tidy', organizationId: 'b' }), expect.any(String))
})

it('goes no further once the process stops', async () => {
  const done: string[] = []
  const { run, controller } = swept(async ({ organizationId }) => {
    done.push(organizationId)
    controller.abort(new Error('The service stops.'))
  })
  await expect(run()).rejects.toThrow(/stops/)
  expect(done).toEqual(['a'])
})

it.each([true, false])('asks for organisations only where there is anything to do: %s', async (isNeeded) => {
  const query = vi.fn(async () => [])
  const publicCtx = { config: { isNeeded }, signal: new AbortController().signal }
  const sweep = { name: 'crm.tidy', schedule: '0 * * * *', isNeeded: () => isNeeded, handle: async () => undefined }
  await sweepJob(sweep, { query }).handle(publicCtx as never, undefined as never)
  expect(query).toHaveBeenCalledTimes(isNeeded ? 1 : 0)
})
