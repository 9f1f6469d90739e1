import type { SystemMailParameters, SystemMailTemplate } from '@ai-crm/contracts'

/** What a mail says, before it is text or HTML. Nothing in it is markup. */
export interface Wording {
  readonly subject: string
  readonly heading: string
  readonly paragraphs: readonly string[]
  /** When, where, with what: name and value. */
  readonly facts: readonly (readonly [string, string])[]
  /** `isSecret`: whoever has the link proves something with it. */
  readonly action: { readonly label: string; readonly link: string; readonly isSecret: boolean } | null
  /** What to do if it was not you; '' for nothing. */
  readonly closing: string
}

export type Wordings = { readonly [Template in SystemMailTemplate]: (parameters: SystemMailParameters[Template]) => Wording }
