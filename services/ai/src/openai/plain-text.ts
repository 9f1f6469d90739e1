/**
 * Characters that people do not see and models do: zero-width and bidirectional controls, variation selectors, the tag
 * block (ASCII smuggling), and control characters other than line break and tab.
 */
const UNSEEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- to find just those is its purpose
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/gu

/** What a person would see of the text. */
export const visibleText = (text: string): string => text.normalize('NFC').replaceAll('\r\n', '\n').replaceAll(UNSEEN, '')

/** The beginning and the end of a long text: the question tends to stand at either. */
export function cutMiddle(text: string, length: number): string {
  if (text.length <= length) return text
  const tail = Math.floor(length / 4)
  return `${text.slice(0, length - tail)}\n[…]\n${text.slice(text.length - tail)}`
}
