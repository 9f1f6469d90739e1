import { z } from 'zod'
import { escapeControls } from './escape-controls.ts'

const Line = z.looseObject({
  time: z.string(),
  level: z.string(),
  msg: z.string().default(''),
  service: z.string().default(''),
  err: z.looseObject({ message: z.string().optional(), stack: z.string().optional() }).optional(),
})
const COLOURS: Readonly<Record<string, number>> = { debug: 90, info: 36, warn: 33, error: 31, fatal: 35 }

/** A JSON line of the log as one line for people. Control characters are escaped: a value cannot forge a line. */
export function prettyLine(json: string): string {
  const { time, level, msg, service, err, ...rest } = Line.parse(JSON.parse(json))
  const fields = Object.entries(rest)
    .filter(([name]) => name !== 'process')
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const isSerious = level === 'error' || level === 'fatal'
  const failure = err ? ` · ${(isSerious ? err.stack : err.message) ?? ''}` : ''
  const text = escapeControls(`${msg}${fields.join('')}${failure}`)
  return `${time.slice(11, 19)} \u001B[${COLOURS[level] ?? 0}m${level.padEnd(5)}\u001B[0m ${service.padEnd(9)} ${text}\n`
}
