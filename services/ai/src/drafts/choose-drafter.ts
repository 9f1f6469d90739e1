import type { Config, Log } from '../ctx.ts'
import { localDrafter } from '../local-drafter/local-drafter.ts'
import { openAiDrafter } from '../openai/openai-drafter.ts'
import type { Drafter } from './drafter.ts'

// One per configuration, because a drafter of a model holds the state of its breaker.
const drafters = new WeakMap<Config, Drafter>()

/** A model where one is configured, else the local drafter. */
export function chooseDrafter(config: Config, log: Log): Drafter {
  const known = drafters.get(config)
  if (known) return known
  const drafter = config.AI_BASE_URL ? openAiDrafter({ ...config, AI_BASE_URL: config.AI_BASE_URL }, localDrafter, log) : localDrafter
  drafters.set(config, drafter)
  return drafter
}

/** What the screen says about who writes. */
export const drafterLabel = (config: Config) =>
  config.AI_BASE_URL ? ({ provider: 'openai-compatible', model: config.AI_MODEL } as const) : ({ provider: 'local', model: '' } as const)
