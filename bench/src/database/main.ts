import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase, prepareDatabase, serviceDatabaseUrl, startEmbeddedPostgres } from '@ai-crm/platform'
import pg from 'pg'
import { z } from 'zod'
import { measure, median, type Measurement } from './measure.ts'
import { insertWays, type Item, selectWays, type Way } from './ways.ts'

// node bench/src/database/main.ts: what the walls between organisations cost, on this machine, in this run.
const CONNECTIONS = 8
const CONCURRENCY = 32
const ROUNDS = 3
const DURATION_MS = 1_500
const Items = z.array(z.object({ organizationId: z.uuid(), id: z.uuid() }))

const dataDir = mkdtempSync(path.join(tmpdir(), 'bench-'))
const server = await startEmbeddedPostgres({ dataDir, log: { info: () => {}, error: console.error } })
try {
  const masterSecret = 'the master secret of a benchmark'
  const services = [{ name: 'bench', migrations: new URL('./migrations/', import.meta.url) }]
  const { databaseUrl } = await prepareDatabase({ adminUrl: server.superuserUrl, database: 'bench', services, masterSecret })
  const items = await fill(databaseUrlFor(server.superuserUrl))
  const settings = serviceDatabaseUrl(databaseUrl, 'bench', 'app', masterSecret)
  const pool = new pg.Pool({ ...settings, max: CONNECTIONS })
  pool.on('error', () => {}) // its connections may still be closing when the server stops
  const database = await openDatabase(settings, { maxConnections: CONNECTIONS })
  await compare('select by key', selectWays(pool, database), items)
  await compare('insert returning', insertWays(pool, database), items)
  await pool.end()
  await database.close()
} finally {
  await server.stop()
  rmSync(dataDir, { recursive: true })
}

/** 100,000 rows of 200 organisations in both tables; returns some of them. */
async function fill(url: string): Promise<readonly Item[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`
    insert into bench.item (organization_id, name, email)
      select ('0190b0a0-0000-7000-8000-' || lpad((n % 200)::text, 12, '0'))::uuid, 'Name ' || n, n || '@example.org' from generate_series(1, 100000) n;
    insert into bench.open_item select * from bench.item`)
  await client.query('vacuum analyze')
  const { rows } = await client.query('select organization_id as "organizationId", id from bench.item order by random() limit 5000')
  await client.end()
  return Items.parse(rows)
}

// Rounds of all ways alternate, so that a slow minute of the machine meets all of them.
async function compare(title: string, ways: Readonly<Record<string, Way>>, items: readonly Item[]): Promise<void> {
  const runs = new Map<string, Measurement[]>()
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, way] of Object.entries(ways)) {
      let next = 0
      const run = await measure(() => way(items[next++ % items.length] ?? { organizationId: '', id: '' }), CONCURRENCY, DURATION_MS)
      if (round > 0) runs.set(name, [...(runs.get(name) ?? []), run]) // the first warms up
    }
  }
  const medians = new Map([...runs].map(([name, measured]) => [name, median(measured)]))
  const floor = medians.get('floor: no walls, prepared')?.perSecond ?? 1
  console.log(`\n${title} · ${CONCURRENCY} callers, ${CONNECTIONS} connections, median of ${ROUNDS} runs`)
  for (const [name, { perSecond, p50Ms, p95Ms, cpuMicrosecondsEach }] of medians)
    console.log(
      `  ${name.padEnd(34)} ${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50Ms.toFixed(2)} ms  p95 ${p95Ms.toFixed(2)} ms  ${cpuMicrosecondsEach.toFixed(0)} µs CPU  ${(perSecond / floor).toFixed(2)} of the floor`,
    )
}

function databaseUrlFor(superuserUrl: string): string {
  const url = new URL(superuserUrl)
  url.pathname = '/bench'
  return url.href
}
