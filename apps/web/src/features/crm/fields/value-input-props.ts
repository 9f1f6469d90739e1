import type { Field } from '@ai-crm/contracts'
import type { Draft } from './draft.ts'

/** What every input of a value is given. */
export interface ValueInputProps {
  field: Field
  draft: Draft
  /** Of the element that is typed or chosen in. */
  id?: string
  isFocused?: boolean
  isWrong?: boolean
  /** The id of what is said of it. */
  describedBy?: string | undefined
  /** The form is not sent without it. */
  isRequired?: boolean
  onChange: (draft: Draft) => void
}
