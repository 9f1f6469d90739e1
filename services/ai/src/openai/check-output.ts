import type { DraftLanguage } from '../drafts/drafter.ts'
import { ModelFailure } from './model-failure.ts'
import { visibleText } from './plain-text.ts'

const MAX_BODY_LENGTH = 20_000

/** Shapes of credentials: none of them belongs into a letter to a customer. */
const CREDENTIAL =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----|\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{20,}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\beyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}/

const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"'«»)\]]+/giu

const LINK_REMOVED: Readonly<Record<DraftLanguage, string>> = { ru: '[ссылка удалена]', en: '[link removed]' }
const CLEANED_REMARK: Readonly<Record<DraftLanguage, string>> = {
  ru: 'Из ответа модели убраны ссылки или разметка, которых нет в заметках: проверьте текст.',
  en: "Links or markup that no note contains were taken out of the model's answer: check the text.",
}

export interface OutputRules {
  language: DraftLanguage
  /** Words that must not come back: the canary, the key of the model's server. */
  forbidden: readonly string[]
  /** The organisation's own words: web addresses in them may be used. */
  ownWords: string
}

/**
 * What a model wrote, as untrusted as what it read: plain text without markup, images and web addresses that the
 * organisation did not write itself. Throws where the text gives away instructions or credentials.
 */
export function checkOutput(output: string, rules: OutputRules): { body: string; remark: string | null } {
  const visible = visibleText(output).trim()
  if (visible === '') throw new ModelFailure('cut-off', 'The model answered with an empty text.')
  const folded = visible.toLowerCase()
  const isLeak = rules.forbidden.some((word) => word !== '' && folded.includes(word.toLowerCase())) || CREDENTIAL.test(visible)
  if (isLeak) throw new ModelFailure('unsafe', 'The model recited its instructions or a credential.')

  const body = withoutForeignAddresses(withoutMarkup(visible), rules).slice(0, MAX_BODY_LENGTH)
  return { body, remark: body === visible ? null : CLEANED_REMARK[rules.language] }
}

/** Markdown links and images become their words, tags vanish. */
function withoutMarkup(text: string): string {
  return text
    .replaceAll(/!\[([^\]]{0,500})\]\([^)]{0,2000}\)/gu, '$1')
    .replaceAll(/\[([^\]]{0,500})\]\(([^)]{0,2000})\)/gu, '$1 $2')
    .replaceAll(/<\/?[a-z][^<>]{0,2000}>/giu, '')
}

function withoutForeignAddresses(text: string, { ownWords, language }: OutputRules): string {
  return text.replaceAll(ADDRESS, (address) => (isOwn(address, ownWords) ? address : LINK_REMOVED[language]))
}

/** Whole addresses only: "https://ours.example.evil.test" begins like one of ours and is none. */
function isOwn(address: string, ownWords: string): boolean {
  const bare = address.replace(/[.,;:!?]+$/u, '')
  return [...ownWords.matchAll(ADDRESS)].some(([own]) => own.replace(/[.,;:!?]+$/u, '') === bare)
}
