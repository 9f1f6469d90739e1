import pg, { type ClientConfig } from 'pg'
import type { LimitPlan } from './measure-limit.ts'

/** Transactions per second of as many connections as the concurrency, each asking again as soon as it is answered. */
export async function runPgLoop(login: ClientConfig, { concurrency, seconds, script }: LimitPlan): Promise<number> {
  const [, from = '1', to = '1'] = /\\set n random\((\d+), (\d+)\)/.exec(script) ?? []
  const text = script.replace(/\\set .*\n/, '')
  const random = (): number => Number(from) + Math.floor(Math.random() * (Number(to) - Number(from) + 1))
  const endsAt = performance.now() + seconds * 1000
  let done = 0
  const worker = async (): Promise<void> => {
    const client = new pg.Client(login)
    await client.connect()
    try {
      for (; performance.now() < endsAt; done++) await client.query(text.replaceAll(/(?<!:):n\b/g, String(random())))
    } finally {
      await client.end()
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return done / seconds
}
