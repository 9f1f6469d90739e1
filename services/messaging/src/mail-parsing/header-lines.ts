import type { HeaderLines } from 'mailparser'

/** Unfolded values of a header, in their order. `name` in lower case. */
export function headerValues(lines: HeaderLines, name: string): string[] {
  return lines
    .filter(({ key }) => key === name)
    .map(({ line }) =>
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\r?\n[ \t]+/g, ' ')
        .trim(),
    )
}

/** Message-IDs in a header value, without angle brackets; a bare `id@host` of a sloppy mailer counts as well. */
export function messageIds(value: string, limit: number): string[] {
  const bracketed = [...value.matchAll(/<([^<>\s\p{Cc}]{1,998})>/gu)].map(([, id]) => id ?? '')
  const found = bracketed.length > 0 ? bracketed : value.split(/[\s,;]+/).filter((word) => /^[^@<>\p{Cc}]+@[^@<>\p{Cc}]+$/u.test(word) && word.length <= 998)
  return [...new Set(found)].slice(-limit)
}
