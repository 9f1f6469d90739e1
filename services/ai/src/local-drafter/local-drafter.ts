import type { DraftLength, DraftSource } from '@ai-crm/contracts'
import type { Assignment, Drafter } from '../drafts/drafter.ts'
import { gap } from '../drafts/gap.ts'
import { answer, type Answer } from './answer.ts'
import { type Ask, readMessage } from './asks.ts'
import { personName } from './person-name.ts'
import { PHRASES } from './phrases.ts'
import { OPEN_POINT, type Topic } from './topics.ts'

const MAX_ANSWERS: Readonly<Record<DraftLength, number>> = { short: 2, normal: 4, long: 6 }
/** Answers to these need no thanks for the message and offer nothing more. */
const ENDING_TOPICS: ReadonlySet<Topic> = new Set(['decline', 'unsubscribe'])

/**
 * Writes drafts without a model, the same one for the same input: greets by name in the customer's language, takes up
 * what was asked in the customer's words, answers from the organisation's notes, and marks what only a colleague knows.
 */
export const localDrafter: Drafter = {
  async write(assignment) {
    const { language, tone, length, thread, organizationName } = assignment
    const phrases = PHRASES[language]
    const reading = readMessage(newestQuestion(assignment))
    const asks = reading.asks.slice(0, MAX_ANSWERS[length])
    const answers = await Promise.all(asks.map((ask) => takeUp(assignment, ask)))
    const isConversationOpen = length !== 'short' && asks.some(({ topic }) => !ENDING_TOPICS.has(topic))

    const body = [
      phrases.greet(personName(thread.contactName), tone),
      ...(isConversationOpen ? [phrases.thankForMessage[tone]] : []),
      ...(asks.length > 0 ? answers.map(({ text }) => text) : [withoutAsks(assignment, reading.saysThanks)]),
      ...(isConversationOpen ? [phrases.offerHelp] : []),
      [phrases.close[tone], organizationName].filter((line) => line !== '').join('\n'),
    ].join('\n\n')
    return { body, language, provider: 'local', model: '', sources: distinct(answers), remark: null }
  },
}

/** What the customer wrote since the last answer: several messages in a row are one question. */
function newestQuestion({ thread }: Assignment): string {
  const unanswered: string[] = []
  for (const { direction, text, isAutoReply } of thread.messages.toReversed()) {
    if (direction === 'outbound') break
    if (!isAutoReply) unanswered.unshift(text)
  }
  return unanswered.join('\n')
}

async function takeUp(assignment: Assignment, ask: Ask): Promise<Answer> {
  const phrases = PHRASES[assignment.language]
  if (ask.topic === 'decline') return { text: phrases.onDecline, source: null }
  if (ask.topic === 'unsubscribe') {
    return { text: `${phrases.onUnsubscribe} ${gap(assignment.language, OPEN_POINT[assignment.language].unsubscribe)}`, source: null }
  }
  const introduce = ask.topic === 'problem' ? phrases.onProblem : ask.isQuestion ? phrases.onQuestion : phrases.onRequest
  const { text, source } = await answer(assignment, ask)
  return { text: `${introduce(ask.quote)}\n${text}`, source }
}

function withoutAsks({ language, tone }: Assignment, saysThanks: boolean): string {
  const phrases = PHRASES[language]
  return saysThanks ? phrases.answerThanks[tone] : `${phrases.thankForMessage[tone]} ${gap(language, phrases.openAnswer)}`
}

function distinct(answers: readonly Answer[]): DraftSource[] {
  const sources = answers.flatMap(({ source }) => (source ? [source] : []))
  return sources.filter((source, position) => sources.findIndex((other) => other.noteId === source.noteId && other.excerpt === source.excerpt) === position)
}
