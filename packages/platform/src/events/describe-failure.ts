const MAX_REASON_CHARACTERS = 500

/** For the parked event, which only its organisation's administrators see. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.slice(0, MAX_REASON_CHARACTERS)
}

/** For the log, where no content may appear: messages can quote what a customer wrote, so only name, code and place. */
export function failureFields(error: unknown): { reason: string; code?: string; step?: string } {
  if (!(error instanceof Error)) return { reason: typeof error }
  const place = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim()
  return {
    reason: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(place ? { step: place } : {}),
  }
}
