import type { DraftDiff } from '@ai-crm/contracts'
import { diffWordsWithSpace } from 'diff'

/** Edits after which the texts count as different altogether: keeps the search (O(length × edits)) in milliseconds. */
const MAX_EDITS = 1000

/** What the person changed of the draft, word by word. Joined without its `insert` runs it is the draft, without `delete` what is sent. */
export function diffOf(draft: string, sent: string): DraftDiff {
  const changes = diffWordsWithSpace(draft, sent, { maxEditLength: MAX_EDITS })
  if (!changes)
    return withoutEmpty([
      { op: 'delete', text: draft },
      { op: 'insert', text: sent },
    ])
  return joinEdits(changes.map(({ added, removed, value }) => ({ op: added ? 'insert' : removed ? 'delete' : 'equal', text: value })))
}

/** Neighbouring edits become one: a space that both texts happen to have between changed words was not kept, it is in the way. */
function joinEdits(runs: DraftDiff): DraftDiff {
  const joined: DraftDiff = []
  let deleted = ''
  let inserted = ''
  const close = () => {
    joined.push({ op: 'delete', text: deleted }, { op: 'insert', text: inserted })
    deleted = inserted = ''
  }
  for (const [position, { op, text }] of runs.entries()) {
    const isBetweenEdits = op === 'equal' && text.trim() === '' && position > 0 && position < runs.length - 1
    if (op === 'equal' && !isBetweenEdits) {
      close()
      joined.push({ op, text })
    } else {
      if (op !== 'insert') deleted += text
      if (op !== 'delete') inserted += text
    }
  }
  close()
  return withoutEmpty(joined)
}

const withoutEmpty = (runs: DraftDiff): DraftDiff => runs.filter(({ text }) => text !== '')
