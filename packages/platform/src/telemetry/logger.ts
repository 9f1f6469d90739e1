import { pino, type Logger } from 'pino'
import { escapeControls } from './escape-controls.ts'
import { describeError, keepAllowedFields } from './log-fields.ts'
import { prettyLine } from './pretty-line.ts'
import { redactSecrets } from './redact.ts'
import { currentTraceIds } from './tracing.ts'

export interface LoggerOptions {
  readonly level: string
  /** One coloured line for people; else one JSON object per line. */
  readonly isPretty: boolean
  readonly processId?: string
  /** stdout, unless told. */
  readonly write?: (line: string) => void
}

/**
 * The log of a process. Fields are allow-listed, secrets are blotted out of the finished line, line breaks are
 * escaped; inside a span every line carries its `traceId`. Services log through `child({ service })`.
 */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line) => process.stdout.write(line))
  const root = pino(
    {
      level: options.level,
      base: options.processId ? { process: options.processId } : null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: keepAllowedFields },
      serializers: { err: describeError },
      mixin: currentTraceIds,
    },
    { write: (line) => write(finish(line, options.isPretty)) },
  )
  // pino filters the fields of a line, but not what a child is bound to. Children inherit this method.
  // oxlint-disable-next-line unbound-method -- Reflect.apply below hands on whose child it is
  root.child = new Proxy(root.child, {
    apply: (child, self, [bindings, ...rest]) => Reflect.apply(child, self, [keepAllowedFields(bindings), ...rest]),
  })
  return root
}

function finish(line: string, isPretty: boolean): string {
  const safe = redactSecrets(line)
  return isPretty ? prettyLine(safe) : `${escapeControls(safe.trimEnd())}\n`
}
