import { flagOf, type FlagReason } from '@ai-crm/contracts'
import {
  FlagNotFoundError,
  StandardResolutionReasons,
  TypeMismatchError,
  type EvaluationContext,
  type Provider,
  type ResolutionDetails,
} from '@openfeature/server-sdk'
import { evaluateFlag, type KnownFlags } from './evaluate.ts'

/** What decided, in OpenFeature's words. */
const REASONS: Readonly<Record<FlagReason, string>> = {
  kill: StandardResolutionReasons.DISABLED,
  operator: StandardResolutionReasons.TARGETING_MATCH,
  organization: StandardResolutionReasons.TARGETING_MATCH,
  percentage: StandardResolutionReasons.SPLIT,
  default: StandardResolutionReasons.DEFAULT,
}

/**
 * OpenFeature's provider of this product: flags are booleans, decided here from what this process knows. `targetingKey` is
 * the organisation; without it there is none.
 */
export function createFlagProvider(known: () => KnownFlags): Provider {
  const refuse = async (): Promise<never> => {
    throw new TypeMismatchError('Flags of this product are booleans.')
  }
  return {
    metadata: { name: 'ai-crm' },
    runsOn: 'server',
    async resolveBooleanEvaluation(key: string, _default: boolean, { targetingKey }: EvaluationContext): Promise<ResolutionDetails<boolean>> {
      const flag = flagOf(key)
      if (!flag) throw new FlagNotFoundError(`There is no flag ${key}.`)
      const { isOn, because } = evaluateFlag(flag.key, flag.definition, known(), targetingKey ?? null)
      return { value: isOn, variant: isOn ? 'on' : 'off', reason: REASONS[because], flagMetadata: { version: known().version } }
    },
    resolveStringEvaluation: refuse,
    resolveNumberEvaluation: refuse,
    resolveObjectEvaluation: refuse,
  }
}
