import type { StageRules } from '@ai-crm/contracts'

/** How many things the rules of a stage ask for. */
export const ruleCount = ({ requiredFields, enteredFrom, movers, wipLimit, tasks }: StageRules): number =>
  requiredFields.length + tasks.length + [enteredFrom, movers, wipLimit].filter((rule) => rule !== null).length
