import { defineError } from '@ai-crm/platform'

/** Where something stands in a formula: from which letter on, and how many. */
export interface Span {
  readonly at: number
  readonly length: number
}

const atSpan = ({ at, length }: Span, message: string) => ({ fields: [{ field: `/formula/${at}/${length}`, message }] })

export const formulaUnreadable = defineError(
  'crm.formula.unreadable',
  422,
  (_span: Span, message: string) => `The formula cannot be read: ${message}`,
  (span, message) => atSpan(span, message),
)

export const formulaUnknownName = defineError(
  'crm.formula.unknown_name',
  422,
  (_span: Span, name: string) => `There is no field or function “${name}” that a formula can use here.`,
  (span, name) => atSpan(span, `Unknown: ${name}`),
)

/** Parts that do not go together: a text times a number. */
export const formulaUnfit = defineError(
  'crm.formula.unfit',
  422,
  (_span: Span, message: string) => message,
  (span, message) => atSpan(span, message),
)

export const formulaCycle = defineError(
  'crm.formula.cycle',
  422,
  (_span: Span, label: string) => `“${label}” would follow from itself.`,
  (span, label) => atSpan(span, `Leads back: ${label}`),
)

/** Of a field that a formula names. */
export const fieldInFormula = defineError(
  'crm.field.in_formula',
  409,
  (label: string) => `The formula of “${label}” uses this field. Change the formula first.`,
)
