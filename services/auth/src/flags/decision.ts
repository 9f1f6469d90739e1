import type { FlagVerdict } from '@ai-crm/platform'

/** What was decided about one organisation, by itself and by the operator; null: nothing. */
export interface Decisions {
  readonly isOn: boolean | null
  readonly operatorIsOn: boolean | null
}

/** Nobody is switched on again whom the operator has switched off, and whoever goes without keeps going without. */
export const effectiveOf = ({ isOn, operatorIsOn }: Decisions): boolean | null => (operatorIsOn === false ? false : (isOn ?? operatorIsOn))

/** To other processes it is one decision about the organisation; people want to know whose it was. */
export function tellWho(verdict: FlagVerdict, decisions: Decisions | undefined): FlagVerdict {
  if (verdict.because !== 'organization' || !decisions) return verdict
  const isOperators = decisions.operatorIsOn === false || decisions.isOn === null
  return isOperators ? { ...verdict, because: 'operator' } : verdict
}
