import type { ServiceName } from '@ai-crm/contracts'
import type { ProcessConfig } from './config.ts'
import type { Demo } from './demo.ts'

export interface Announcement {
  readonly config: ProcessConfig
  readonly names: readonly ServiceName[]
  readonly port: number
  readonly opsPort: number
  /** Null where no mail is taken in here. */
  readonly smtpPort: number | null
  readonly startedInMs: number
  readonly demo: Demo | null
}

/** Says on standard output what somebody who has just started the program needs next, in the order of need. */
export function announce(facts: Announcement): void {
  process.stdout.write(`${bannerOf(facts).join('\n')}\n`)
}

function bannerOf({ config, names, port, opsPort, smtpPort, startedInMs, demo }: Announcement): string[] {
  const isDoor = names.includes('gateway')
  const url = config.PUBLIC_URL ?? `http://localhost:${port}`
  const lines = ['', `  AI CRM is ready (${(startedInMs / 1000).toFixed(1)} s): ${names.join(', ')}`, '']
  if (isDoor) lines.push(`  Open      ${url}`)
  if (isDoor && demo) lines.push(`  Sign in   ${demo.email}   password ${demo.password}`)
  if (smtpPort !== null && demo) lines.push(...mailHint(demo, smtpPort))
  lines.push(`  Health    http://localhost:${opsPort}/readyz   metrics at /metrics`, '  Stop      Ctrl-C', '')
  return lines
}

function mailHint(demo: Demo, smtpPort: number): string[] {
  return [
    `  Mail to   ${demo.inboundAddress} by SMTP at localhost:${smtpPort}, for example:`,
    '',
    `    printf 'From: Anna <anna@example.org>\\nTo: ${demo.inboundAddress}\\nSubject: Price?\\n\\nHello, what does it cost for 20 people?\\n' |`,
    `      curl -s smtp://localhost:${smtpPort} --mail-from anna@example.org --mail-rcpt ${demo.inboundAddress} -T -`,
    '',
  ]
}
