import { importLimit } from './imports/import-limit.ts'
import { importPeople } from './imports/import-people.ts'
import { knownRows, peopleCsv } from './imports/people-csv.ts'
import { measureLimit } from './limit/measure-limit.ts'
import { runLoad } from './load/run-load.ts'
import { readOptions } from './options.ts'
import { report, type Measured, type MeasuredImport } from './report.ts'
import { makeFields } from './system/make-fields.ts'
import { seedRecords } from './system/seed-records.ts'
import { signIn, signUp } from './system/sign-up.ts'
import { startPostgres } from './system/start-postgres.ts'
import { startProgram, type RunningProgram } from './system/start-program.ts'
import { untilDelivered } from './system/until-delivered.ts'
import { createContact } from './workloads/create-contact.ts'
import { getBoard } from './workloads/get-board.ts'
import { getContact } from './workloads/get-contact.ts'
import { listContacts, listContactsDeep } from './workloads/list-contacts.ts'
import { listContactsByCustom } from './workloads/list-contacts-by-custom.ts'
import { moveDeal } from './workloads/move-deal.ts'
import { searchContacts } from './workloads/search-contacts.ts'
import type { Scene, Workload } from './workloads/workload.ts'

// npm run bench -- [W1 W2 … W10] [--contacts=100000] [--seconds=8] [--concurrency=16] [--services=gateway,auth,crm]
const ALL: readonly Workload[] = [listContacts, listContactsDeep, listContactsByCustom, getContact, searchContacts, createContact, moveDeal, getBoard]
const WARM_UP_SECONDS = 3
const IMPORT = 'W10'
const IMPORTED_ROWS = 100_000

const options = readOptions(process.argv.slice(2))
const chosen = ALL.filter(({ name }) => options.workloads.length === 0 || options.workloads.includes(name))
const database = await startPostgres()
try {
  console.log(await bench())
} finally {
  await database.stop()
}

async function bench(): Promise<string> {
  const program = await startProgram(database, options.services)
  const measured: Omit<Measured, 'limit'>[] = []
  const person = await signUp(program)
  const fields = await makeFields(program.url, person.token)
  const { organizationId } = person
  const scene = async (): Promise<Scene> => ({ url: program.url, token: await signIn(program), organizationId, database, fields })
  let imported: Omit<MeasuredImport, 'limitSeconds'> | null = null
  try {
    console.error(`Seeding ${options.contacts} contacts, what belongs to them, and 200 other organisations …`)
    const startedAt = performance.now()
    await seedRecords(database, organizationId, options.contacts, fields)
    console.error(`  … in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
    for (const workload of chosen) measured.push(await measure(workload, await scene(), program))
    if (options.workloads.length === 0 || options.workloads.includes(IMPORT)) imported = await measureImport(await scene(), program)
  } finally {
    await program.stop()
  }
  // Afterwards, on a machine that does nothing else.
  const limits: Measured[] = []
  for (const result of measured) {
    const script = await result.workload.limitScript({ url: '', token: '', organizationId, database, fields })
    limits.push({ ...result, limit: await measureLimit({ ...options, database, organizationId, script }) })
  }
  const limitSeconds = imported && (await importLimit(database, organizationId, peopleCsv('limit', IMPORTED_ROWS)))
  return report(limits, imported && limitSeconds ? { ...imported, limitSeconds } : null)
}

async function measureImport(scene: Scene, program: RunningProgram): Promise<Omit<MeasuredImport, 'limitSeconds'>> {
  console.error(`${IMPORT}: import ${IMPORTED_ROWS} contacts from CSV …`)
  const cpuBefore = program.cpuSeconds()
  const { importSeconds, checkSeconds, outcome } = await importPeople(scene, peopleCsv('program', IMPORTED_ROWS))
  const { operation } = outcome
  if (operation?.status !== 'done' || operation.changed !== IMPORTED_ROWS - knownRows(IMPORTED_ROWS, options.contacts))
    throw new Error(`The import did not do what it should: ${JSON.stringify(operation)}`)
  console.error(`  … read and checked in ${checkSeconds.toFixed(1)} s, imported in ${importSeconds.toFixed(1)} s`)
  const serverCpuPercent = ((program.cpuSeconds() - cpuBefore) / (checkSeconds + importSeconds)) * 100
  const memoryMiB = program.memoryMiB()
  await untilDelivered(database)
  return { name: IMPORT, rows: IMPORTED_ROWS, importSeconds, serverCpuPercent, memoryMiB }
}

async function measure(workload: Workload, scene: Scene, program: RunningProgram): Promise<Omit<Measured, 'limit'>> {
  console.error(`${workload.name}: ${workload.title} …`)
  const next = await workload.prepare(scene)
  const { concurrency, seconds } = options
  await runLoad({ ...scene, next, concurrency, seconds: WARM_UP_SECONDS })
  const cpuBefore = program.cpuSeconds()
  const again = await workload.prepare(scene)
  const load = await runLoad({ ...scene, next: again, concurrency, seconds })
  const serverCpuPercent = ((program.cpuSeconds() - cpuBefore) / seconds) * 100
  const memoryMiB = program.memoryMiB()
  await untilDelivered(database)
  return { workload, load, serverCpuPercent, memoryMiB }
}
