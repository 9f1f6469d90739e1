import { isUtf8 } from 'node:buffer'

/** The letters that make up most of any Russian text. */
const COMMON_RUSSIAN = /[оеаинтсрвлк]/g
const CHARSET_DECLARED = /charset\s*=\s*"?([\w.:-]{1,40})/i
/** Enough to see the part heads of a usual mail. */
const LOOKED_AT_BYTES = 256 * 1024

/**
 * Eight-bit mail without a declared charset, as old Russian mailers and forms send it, is turned into UTF-8, which
 * is what the MIME parser takes undeclared text for. Everything else comes back untouched.
 */
export function repairCharset(source: Buffer): Buffer {
  if (isUtf8(source)) return source
  const headEnd = findHeadEnd(source)
  const head = source.subarray(0, headEnd)
  const declared = CHARSET_DECLARED.exec(source.toString('latin1', 0, LOOKED_AT_BYTES))?.[1]
  const repairedHead = isUtf8(head) ? head : toUtf8(head, knownCharset(declared) ?? guessCharset(head))

  const body = source.subarray(headEnd)
  const isPlainBody = !declared && !/^content-type:\s*(?!text\/)/im.test(head.toString('latin1'))
  const repairedBody = isPlainBody && !isUtf8(body) ? toUtf8(body, guessCharset(body.subarray(0, LOOKED_AT_BYTES))) : body
  return Buffer.concat([repairedHead, repairedBody])
}

/** Offset of the body: behind the first empty line, or the end. */
export function findHeadEnd(source: Buffer): number {
  const crlf = source.indexOf('\r\n\r\n')
  const lf = source.indexOf('\n\n')
  if (crlf < 0 && lf < 0) return source.length
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return crlf + 4
  return lf + 2
}

function knownCharset(label: string | undefined): string | null {
  if (!label || /^(utf-?8|us-ascii)$/i.test(label)) return null
  try {
    return new TextDecoder(label).encoding
  } catch {
    // An unknown label is what guessing is for.
    return null
  }
}

/** In the wrong one of the two, Russian text has its rare letters and the cases swapped. */
function guessCharset(bytes: Buffer): string {
  const scores = ['windows-1251', 'koi8-r'].map((charset) => ({
    charset,
    score: new TextDecoder(charset).decode(bytes).match(COMMON_RUSSIAN)?.length ?? 0,
  }))
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one))
  const eightBit = bytes.reduce((count, byte) => count + (byte > 127 ? 1 : 0), 0)
  return best.score >= 0.3 * eightBit ? best.charset : 'windows-1252'
}

const toUtf8 = (bytes: Buffer, charset: string): Buffer => Buffer.from(new TextDecoder(charset).decode(bytes))
