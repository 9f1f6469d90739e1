import type { DraftLength, DraftSource, Tone } from '@ai-crm/contracts'
import type { Thread } from '../conversations/read-thread.ts'
import type { Passage } from '../notes/find-passages.ts'

/** The port to whoever writes drafts: the local drafter, or a model on an OpenAI-compatible server. */
export interface Drafter {
  /** Runs outside of any transaction. Rejects only for a bug or an abort; a model that fails has a fallback. */
  write(assignment: Assignment, work: DraftingWork): Promise<WrittenDraft>
}

/** Languages in which the local drafter writes; a model may write others. */
export type DraftLanguage = 'ru' | 'en'

/** Everything that a draft may draw on. All of it belongs to one conversation of one organisation. */
export interface Assignment {
  thread: Thread
  language: DraftLanguage
  tone: Tone
  length: DraftLength
  organizationName: string
  /** The organisation's own words about itself and its manners. */
  instructions: string
  /** Passages of the organisation's notes, best first. */
  findPassages(query: string, limit: number): Promise<Passage[]>
}

export interface DraftingWork {
  signal: AbortSignal
  /** Shows the text so far to whoever looks. */
  showProgress(body: string): void
}

export interface WrittenDraft {
  body: string
  language: string
  provider: 'local' | 'openai-compatible'
  model: string
  sources: DraftSource[]
  /** What the reader must know: a model that failed, a text that was cleaned. Null when all is well. */
  remark: string | null
}
