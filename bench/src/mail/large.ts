/**
 * How long the event loop stands still while mails of 30 MB come in by SMTP. `npm run bench:large-mail -- [--mails=5]`
 *
 * The figure is the program's own (perf_hooks.monitorEventLoopDelay, asked by /metrics) and includes its resolution of
 * 10 ms. Beside it: the same while the program does nothing, so that what the machine adds is seen.
 */
import { freePort } from '@ai-crm/testing/servers'
import { request } from 'undici'
import { signUp } from '../system/sign-up.ts'
import { startPostgres } from '../system/start-postgres.ts'
import { startProgram } from '../system/start-program.ts'
import { createSender, mail } from './deliver.ts'

const MAILS = Number(process.argv.find((word) => word.startsWith('--mails='))?.slice('--mails='.length) ?? 5)
const ATTACHMENT_BYTES = 21 * 1024 * 1024
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const database = await startPostgres()
const [smtpPort, opsPort] = [await freePort(), await freePort()]
const program = await startProgram(database, null, { SMTP_PORT: String(smtpPort), OPS_PORT: String(opsPort) })

/** The longest delay since it was asked last, in milliseconds. */
async function longestDelayMs(): Promise<number> {
  const { body } = await request(`http://127.0.0.1:${opsPort}/metrics`)
  const line = /^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(await body.text())
  return Number(line?.[1]) * 1000
}

try {
  await signUp(program)
  await pause(2_000)
  const sender = createSender(smtpPort, 1)
  const send = async (number: number) => {
    // Other bytes for each: PostgreSQL and the network see no repeats.
    const content = Buffer.alloc(ATTACHMENT_BYTES, number + 1)
    await sender.sendMail({ ...mail(number, 'bench@crm.localhost'), attachments: [{ filename: 'plan.pdf', content }] })
  }
  await longestDelayMs()
  await pause(3_000)
  const idleMs = await longestDelayMs()
  await send(0)
  const firstMs = await longestDelayMs()
  const delays: number[] = []
  const startMs = performance.now()
  for (let number = 1; number <= MAILS; number++) {
    await send(number)
    delays.push(await longestDelayMs())
  }
  const secondsEach = (performance.now() - startMs) / MAILS / 1000
  sender.close()
  const [stored] = await database.query('select count(*)::int as mails, coalesce(sum(attachment_count), 0)::int as files from messaging.message')
  const ms = (value: number) => value.toFixed(0)
  console.log(`Mails of 30 MB by SMTP: longest delay of the event loop (target 50 ms)
  idle ${ms(idleMs)} ms; first mail ${ms(firstMs)} ms; then ${delays.map(ms).join(', ')} ms; ${secondsEach.toFixed(2)} s each
  stored ${String(stored?.['mails'])} mails with ${String(stored?.['files'])} files; program ${program.memoryMiB()} MiB`)
} finally {
  await program.stop()
  await database.stop()
}
