import { isUtf8 } from 'node:buffer'
import { analyse } from 'chardet'

/** What TextDecoder reads of what people in our markets save. */
const READABLE: Readonly<Record<string, string>> = {
  'UTF-8': 'utf-8',
  ASCII: 'utf-8',
  'windows-1251': 'windows-1251',
  'KOI8-R': 'koi8-r',
  'ISO-8859-5': 'windows-1251',
  'ISO-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  'UTF-16LE': 'utf-16le',
  'UTF-16BE': 'utf-16be',
}

/** A character may be cut in two at the end of the sample. */
const isUtf8Sample = (sample: Buffer): boolean => [0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, sample.length - cut)))

/** By the byte order mark, by being valid UTF-8, by zeros between the letters, else by what letters are likely. */
export function encodingOf(sample: Buffer): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  const zeros = sample
    .subarray(0, 400)
    .reduce<[number, number]>(([even, odd], byte, at) => (byte === 0 ? (at % 2 === 0 ? [even + 1, odd] : [even, odd + 1]) : [even, odd]), [0, 0])
  const few = Math.min(sample.length, 400) / 20
  if (zeros[1] > few && zeros[0] <= zeros[1] / 8) return 'utf-16le'
  if (zeros[0] > few && zeros[1] <= zeros[0] / 8) return 'utf-16be'
  if (isUtf8Sample(sample)) return 'utf-8'
  const likely = analyse(sample).flatMap(({ name }) => READABLE[name] ?? [])
  return likely.find((name) => name !== 'utf-8' && !name.startsWith('utf-16')) ?? 'windows-1252'
}
