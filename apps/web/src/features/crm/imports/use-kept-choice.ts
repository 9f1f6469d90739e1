import { useState } from 'react'
import type { z } from 'zod'
import { keepText, readText } from '../../../lib/session/texts-in-writing.ts'

/** What somebody chose or typed at a step of an import: it waits for whoever leaves in between, until the file is checked with it. */
export function useKeptChoice<Choice>(name: string, schema: z.ZodType<Choice>, given: Choice): [Choice, (choice: Choice) => void] {
  const [choice, setChoice] = useState(() => parsed(schema, readText(name)) ?? given)
  const choose = (next: Choice) => {
    setChoice(next)
    const text = JSON.stringify(next)
    keepText(name, text === JSON.stringify(given) ? '' : text)
  }
  return [choice, choose]
}

const parsed = <Choice>(schema: z.ZodType<Choice>, text: string): Choice | null => (text === '' ? null : (schema.safeParse(JSON.parse(text)).data ?? null))

export const mendsName = (importId: string): string => `import-mends.${importId}`
export const columnsName = (importId: string): string => `import-columns.${importId}`

/** They stand in the import by now, or are about a reading of the file that is no more. */
export function forgetChoices(importId: string): void {
  keepText(mendsName(importId), '')
  keepText(columnsName(importId), '')
}
