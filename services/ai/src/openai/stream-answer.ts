import { APICallError, type LanguageModel, streamText } from 'ai'
import { ModelFailure } from './model-failure.ts'
import type { Prompt } from './prompt.ts'

const MAX_OUTPUT_TOKENS = 1500
const PROGRESS_INTERVAL_MS = 100

export interface StreamLimits {
  signal: AbortSignal
  timeoutMs: number
  idleTimeoutMs: number
}

/** The model's whole answer, shown as it grows, at most ten times a second. Rejects with ModelFailure. */
export async function streamAnswer(model: LanguageModel, prompt: Prompt, limits: StreamLimits, showProgress: (body: string) => void): Promise<string> {
  const deadline = AbortSignal.timeout(limits.timeoutMs)
  const idle = new AbortController()
  const idleTimer = setTimeout(() => idle.abort(), limits.idleTimeoutMs)
  const stream = streamText({
    model,
    system: prompt.system,
    prompt: prompt.user,
    // Retries happen at one layer only: the person asks again (reliability 1.8).
    maxRetries: 0,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    temperature: 0.3,
    abortSignal: AbortSignal.any([limits.signal, deadline, idle.signal]),
    // Errors arrive in the stream below; without this the library prints them as well.
    onError: () => undefined,
  })

  let text = ''
  let finishReason = 'none'
  let shownAt = 0
  let showing: NodeJS.Timeout | undefined
  const show = () => {
    showing = undefined
    shownAt = Date.now()
    showProgress(text)
  }
  try {
    for await (const part of stream.fullStream) {
      idleTimer.refresh()
      if (part.type === 'error') throw part.error
      if (part.type === 'finish') finishReason = part.finishReason
      if (part.type !== 'text-delta') continue
      text += part.text
      // Not now and no more often: later, so that the last words before a pause are seen as well.
      showing ??= setTimeout(show, Math.max(0, shownAt + PROGRESS_INTERVAL_MS - Date.now()))
    }
  } catch (error) {
    throw failureOf(error, deadline.aborted || idle.signal.aborted)
  } finally {
    clearTimeout(idleTimer)
    clearTimeout(showing)
  }

  limits.signal.throwIfAborted()
  if (deadline.aborted || idle.signal.aborted) throw new ModelFailure('timeout', 'The model did not answer in time.')
  if (finishReason !== 'stop' && finishReason !== 'length') throw new ModelFailure('cut-off', `The model's answer ended with "${finishReason}".`)
  return text
}

function failureOf(error: unknown, isTimeout: boolean): ModelFailure {
  if (isTimeout) return new ModelFailure('timeout', 'The model did not answer in time.', { cause: error })
  const status = APICallError.isInstance(error) ? error.statusCode : undefined
  const isRefusal = status !== undefined && status >= 400 && status < 500 && status !== 429 && status !== 408
  return isRefusal
    ? new ModelFailure('refused', `The model's server answered ${status}.`, { cause: error })
    : new ModelFailure('unavailable', `The model's server ${status === undefined ? 'cannot be reached' : `answered ${status}`}.`, { cause: error })
}
