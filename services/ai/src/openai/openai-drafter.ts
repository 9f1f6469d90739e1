import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModel } from 'ai'
import { AppError, dependencyUnavailable, resilient } from '@ai-crm/platform'
import type { Config, Log } from '../ctx.ts'
import type { Assignment, Drafter, DraftingWork, WrittenDraft } from '../drafts/drafter.ts'
import type { Passage } from '../notes/find-passages.ts'
import { checkOutput } from './check-output.ts'
import { FAILURE_REMARK, ModelFailure } from './model-failure.ts'
import { promptFor } from './prompt.ts'
import { streamAnswer } from './stream-answer.ts'
import { looksLikeInjection, SUSPICION_REMARK } from './suspicion.ts'
import { usedPassages } from './used-passages.ts'

const MAX_PASSAGES = 6
/** Beside half of 20 calls in 10 s: a model that hangs never gives so many answers. */
const FAILURES_THAT_OPEN = 5

type ModelConfig = Config & { AI_BASE_URL: string }

/** Drafts by a model on an OpenAI-compatible server; by `fallback`, with a remark that says so, when the model fails. */
export function openAiDrafter(config: ModelConfig, fallback: Drafter, log: Log): Drafter {
  const model = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: config.AI_BASE_URL,
    ...(config.AI_API_KEY === undefined ? {} : { apiKey: config.AI_API_KEY }),
  })(config.AI_MODEL)
  const call = resilient({
    name: 'model',
    credential: `${config.AI_API_KEY ?? ''}@${config.AI_BASE_URL}`,
    // Never the first to give up: streamAnswer knows what a slow model is.
    totalTimeoutMs: config.AI_DRAFT_TIMEOUT_MS + 10_000,
    isFailure,
    failuresInARow: FAILURES_THAT_OPEN,
    restMs: config.AI_BREAKER_RESET_MS,
  })
  return {
    async write(assignment, work) {
      try {
        return await call(() => writeByModel(config, model, assignment, work))
      } catch (error) {
        const kind = error instanceof ModelFailure ? error.kind : isResting(error) ? 'resting' : null
        if (kind === null || work.signal.aborted) throw error
        log.warn({ err: error, kind }, 'the model failed; drafting locally')
        const draft = await fallback.write(assignment, work)
        return { ...draft, remark: FAILURE_REMARK[assignment.language][kind] }
      }
    },
  }
}

const isFailure = (error: unknown): boolean => error instanceof ModelFailure && error.isOutage
/** The breaker is open: nothing was asked. */
const isResting = (error: unknown): boolean => error instanceof AppError && error.code === dependencyUnavailable('model', 0).code

async function writeByModel(config: ModelConfig, model: LanguageModel, assignment: Assignment, work: DraftingWork): Promise<WrittenDraft> {
  const question = assignment.thread.messages.findLast(({ direction, isAutoReply }) => direction === 'inbound' && !isAutoReply)?.text ?? ''
  const passages = await assignment.findPassages(question, MAX_PASSAGES)
  const prompt = promptFor(assignment, passages)
  const limits = { signal: work.signal, timeoutMs: config.AI_DRAFT_TIMEOUT_MS, idleTimeoutMs: config.AI_IDLE_TIMEOUT_MS }
  const answer = await streamAnswer(model, prompt, limits, work.showProgress)

  const checked = checkOutput(answer, {
    language: assignment.language,
    forbidden: [prompt.canary, config.AI_API_KEY ?? ''],
    ownWords: [assignment.instructions, ...passages.map(({ body }) => body)].join('\n'),
  })
  const isSuspicious = assignment.thread.messages.some(({ direction, text }) => direction === 'inbound' && looksLikeInjection(text))
  return {
    body: checked.body,
    language: assignment.language,
    provider: 'openai-compatible',
    model: config.AI_MODEL,
    sources: usedPassages(checked.body, question, passages).map(sourceOf),
    remark: isSuspicious ? SUSPICION_REMARK[assignment.language] : checked.remark,
  }
}

const sourceOf = ({ noteId, title, body }: Passage) => ({ noteId, title, excerpt: body })
