import type { Wording } from './wording/wording.ts'

/** The plain-text part: everything that the HTML says, the link on a line of its own. */
export function renderText({ heading, paragraphs, facts, action, closing }: Wording): string {
  const parts = [
    heading,
    ...paragraphs,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    action ? `${action.label}:\n${action.link}` : '',
    closing,
    '-- \nAI CRM',
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
