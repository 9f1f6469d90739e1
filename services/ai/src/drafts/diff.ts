import type { DraftDiff } from '@ai-crm/contracts'
import { diffWordsWithSpace } from 'diff'

/** Edits after which the texts count as different altogether: keeps the search (O(length × edits)) in milliseconds. */
const MAX_EDITS = 1000

/** What the person changed of the draft, word by word. Joined without its `insert` runs it is the draft, without `delete` what is sent. */
export function diffOf(draft: string, sent: string): DraftDiff {
  const changes = diffWordsWithSpace(draft, sent, { maxEditLength: MAX_EDITS })
  const runs: DraftDiff = changes
    ? changes.map(({ added, removed, value }) => ({ op: added ? 'insert' : removed ? 'delete' : 'equal', text: value }))
    : [{ op: 'delete', text: draft }, { op: 'insert', text: sent }]
  return runs.filter(({ text }) => text !== '')
}
