import type { Draft } from '@ai-crm/contracts'
import { useState } from 'react'
import { z } from 'zod'
import { keepText, readText } from '../../../lib/session/texts-in-writing.ts'

const Edit = z.object({ draftId: z.string(), subject: z.string(), body: z.string() })
/** A draft as a person is changing it. */
export type Edit = z.infer<typeof Edit>

/** The edit of a conversation's draft: it survives a look at another conversation, and a reload, and is shown as long as its draft can be decided. */
export function useKeptEdit(conversationId: string, drafts: readonly Draft[]): [Edit | null, (edit: Edit | null) => void] {
  const name = `draft.${conversationId}`
  const [edit, setEdit] = useState(() => parsed(readText(name)))
  const keep = (next: Edit | null) => {
    setEdit(next)
    keepText(name, next ? JSON.stringify(next) : '')
  }
  const isOpen = drafts.some(({ id, status }) => id === edit?.draftId && (status === 'waiting' || status === 'outdated'))
  return [isOpen ? edit : null, keep]
}

function parsed(text: string): Edit | null {
  return text === '' ? null : (Edit.safeParse(JSON.parse(text)).data ?? null)
}
