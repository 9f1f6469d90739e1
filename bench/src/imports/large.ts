/**
 * A file as large as they get, imported to its last row, told to everybody, and taken back. `npm run bench:import -- [--rows=1000000] [--contacts=100000]`
 *
 * What must be true afterwards is asked of the database, not of the program: each row once, with its event, and after the undo nothing of it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { api, Operation } from '@ai-crm/contracts'
import { readOptions } from '../options.ts'
import { seedContacts } from '../system/seed-contacts.ts'
import { signIn, signUp } from '../system/sign-up.ts'
import { startPostgres } from '../system/start-postgres.ts'
import { startProgram } from '../system/start-program.ts'
import { untilDelivered } from '../system/until-delivered.ts'
import type { Scene } from '../workloads/workload.ts'
import { askApi, importPeople } from './import-people.ts'
import { knownRows, peopleCsv } from './people-csv.ts'

const HOUR_MS = 3_600_000
/** An access token lasts for ten minutes. */
const RENEW_MS = 5 * 60_000
const PROGRESS_MS = 30_000

const words = process.argv.slice(2)
const { contacts } = readOptions(words)
const rows = Number(words.find((word) => word.startsWith('--rows='))?.slice('--rows='.length) ?? 1_000_000)
const expected = rows - knownRows(rows, contacts)

const database = await startPostgres()
const program = await startProgram(database, null)
const { organizationId, token } = await signUp(program)
const scene: { -readonly [Name in keyof Scene]: Scene[Name] } = { url: program.url, token, organizationId, database }
const renewal = setInterval(() => void signIn(program).then((renewed) => (scene.token = renewed)), RENEW_MS)
const progress = setInterval(
  () => void outcomes().then((count) => say(`  … ${count} outcomes, ${program.memoryMiB()} MiB, ${program.cpuSeconds().toFixed(0)} s of CPU`)),
  PROGRESS_MS,
)
try {
  await seedContacts(database, organizationId, contacts)
  const cpuBefore = program.cpuSeconds()
  const { checkSeconds, importSeconds, outcome } = await importPeople(scene, peopleCsv('large', rows), HOUR_MS)
  const cpu = program.cpuSeconds() - cpuBefore
  say(
    `read and checked in ${checkSeconds.toFixed(0)} s, imported in ${importSeconds.toFixed(0)} s (${(rows / importSeconds).toFixed(0)} rows/s), ${cpu.toFixed(0)} s of the program's CPU`,
  )
  expect('rows that changed something', outcome.operation?.changed, expected)
  expect('contacts, each once', await countOf("select count(distinct email) from crm.contact where source = 'import' and deleted_at is null"), expected)
  expect('contacts', await countOf("select count(*) from crm.contact where source = 'import' and deleted_at is null"), expected)
  expect('events', await countOf("select count(*) from crm.event where type = 'contact.created'"), expected)
  await timed('told', () => untilDelivered(database, HOUR_MS))

  const companies = await countOf('select count(*) from crm.operation_made')
  await timed('taken back', async () => {
    const { id } = await ask('POST', `${api.crm.createImport.path}/${outcome.id}/revert`)
    let undo = await ask('GET', `${api.crm.listOperations.path}/${id}`)
    for (; ['waiting', 'running'].includes(undo.status); undo = await ask('GET', `${api.crm.listOperations.path}/${id}`)) await sleep(1000)
    expect('undone, with the companies that were made', undo.changed, expected + companies)
  })
  expect('contacts of the file after the undo', await countOf("select count(*) from crm.contact where source = 'import' and deleted_at is null"), 0)
  expect('contacts that were there before', await countOf("select count(*) from crm.contact where source <> 'import' and deleted_at is null"), contacts)
  await timed('told', () => untilDelivered(database, HOUR_MS))
} finally {
  clearInterval(renewal)
  clearInterval(progress)
  await program.stop()
  await database.stop()
}

function say(line: string): void {
  console.log(line)
}

function expect(what: string, found: number | undefined, wanted: number): void {
  if (found !== wanted) process.exitCode = 1
  say(`${found === wanted ? 'as it must be' : 'WRONG        '} ${what}: ${found} of ${wanted}`)
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const [startedAt, cpuBefore] = [performance.now(), program.cpuSeconds()]
  await work()
  say(`${what} in ${((performance.now() - startedAt) / 1000).toFixed(0)} s, ${(program.cpuSeconds() - cpuBefore).toFixed(0)} s of the program's CPU`)
}

async function countOf(query: string): Promise<number> {
  const [row] = await database.query(query)
  return Number(Object.values(row ?? {})[0])
}

function outcomes(): Promise<number> {
  return countOf("select count(*) from crm.operation_record where outcome <> 'waiting'")
}

async function ask(method: 'GET' | 'POST', path: string): Promise<Operation> {
  return Operation.parse(await askApi(scene, method, path))
}
