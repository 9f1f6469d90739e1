/**
 * The reply parser knows how a dozen languages introduce a quote, but hardly Russian, and Outlook's blocks only
 * with an address in them. Lines that it would miss are replaced by ones that it knows, and restored afterwards.
 */
export interface MarkedReply {
  marked: string
  restore(part: string): string
}

const WEEKDAY = String.raw`(?:(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|mon|tue|wed|thu|fri|sat|sun)\.?,? )?`
/** With its weekday. An introduction begins with it: what a person wrote on the line before is not swallowed. */
const DATE = String.raw`${WEEKDAY}(?:\d{1,2}[./ ](?:\d{1,2}|[а-я]{3,8}\.?)[./ ,]{1,2}\d{2,4}|\d{1,2} [a-z]{3} \d{4})`
const QUOTE_INTRODUCTIONS: readonly RegExp[] = [
  // Gmail: "ср, 30 апр. 2025 г. в 15:19, Иван <a@b>:"; Yandex: "26.06.2014, 14:00, "Иван" <a@b>:"
  new RegExp(String.raw`^${DATE}.{0,200}<[^<>@]{1,64}@[^<>]{1,255}>:$`, 'i'),
  // Mail.ru: "Четверг, 26 июня 2014, 14:00 +04:00 от Иван <a@b>:"
  new RegExp(String.raw`^${DATE}.{0,40} от .{1,200}:$`, 'i'),
  // Apple Mail, Gmail, Thunderbird: "… написал(а):", "… пишет:"
  new RegExp(String.raw`^${DATE}.{1,200} (?:написал(?:а|\(а\))?|пишет):?$`, 'i'),
  /^-{2,12} ?(?:Исходное сообщение|Пересылаемое сообщение|Пересланное сообщение|Пересылаемое письмо|Original Message|Forwarded message) ?-{0,12}$/i,
]
const OUTLOOK_FIRST = /^\*?(?:From|От|От кого|Von|De|Da)\*?:\*? .{1,300}$/i
const OUTLOOK_NEXT = /^\*?(?:Sent|Date|To|Cc|Subject|Отправлено|Дата|Кому|Копия|Тема|Gesendet|An|Betreff|Envoyé|À|Objet)\*?:/i
const SIGNATURE =
  /^(?:С (?:глубоким )?уважением|С наилучшими пожеланиями|Всего доброго|Всего наилучшего|Отправлено (?:с|со|из|от) .{1,60}|Отправлено из мобильной .{1,40}|Sent with .{1,40})[,.!]?(?: .{0,80})?$/i
/** A signature is short; "С уважением" far above the end belongs to the text. */
const MAX_SIGNATURE_LINES = 10

export function markReplyParts(text: string): MarkedReply {
  const originals: string[] = []
  const lines = text.split('\n')
  const marked: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const length = introductionLength(lines, at)
    if (length > 0) {
      originals.push(lines.slice(at, at + length).join('\n'))
      marked.push('', placeholder(originals.length - 1))
      at += length - 1
    } else {
      if (isSignatureStart(lines, at)) marked.push(SIGNATURE_MARK)
      marked.push(lines[at] ?? '')
    }
  }
  return { marked: marked.join('\n'), restore: (part) => restore(part, originals) }
}

const SIGNATURE_MARK = '----'
const placeholder = (index: number): string => `On 1 Jan 2000, \u27e6${index}\u27e7 <q@q> wrote:`

function restore(part: string, originals: readonly string[]): string {
  return part
    .replace(/On 1 Jan 2000, \u27e6(\d{1,5})\u27e7 <q@q> wrote:/g, (_all, index: string) => originals[Number(index)] ?? '')
    .replace(/^----\n(?=[СВОS])/gm, '')
}

/** How many lines, from `at`, introduce a quote; 0 when none does. Mailers wrap long introductions. */
function introductionLength(lines: readonly string[], at: number): number {
  const first = lines[at]?.trim() ?? ''
  if (first === '' || first.startsWith('>')) return 0
  for (const length of [1, 2, 3]) {
    const joined = lines
      .slice(at, at + length)
      .map((line) => line.trim())
      .join(' ')
    if (joined.length > 500) return 0
    if (QUOTE_INTRODUCTIONS.some((pattern) => pattern.test(joined))) return length
  }
  const isBlock = OUTLOOK_FIRST.test(first) && lines.slice(at + 1, at + 6).filter((line) => OUTLOOK_NEXT.test(line.trim())).length >= 2
  return isBlock ? 1 : 0
}

function isSignatureStart(lines: readonly string[], at: number): boolean {
  if (at === 0 || !SIGNATURE.test(lines[at]?.trim() ?? '')) return false
  const rest = lines.slice(at + 1)
  const end = rest.findIndex((line, index) => line.startsWith('>') || introductionLength(rest, index) > 0)
  const own = end < 0 ? rest : rest.slice(0, end)
  return own.filter((line) => line.trim() !== '').length <= MAX_SIGNATURE_LINES
}
