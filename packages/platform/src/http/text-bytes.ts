/** Shorter texts go out in one piece with their headers, which costs less than two. */
const MIN_LENGTH = 4_096
const scratch = Buffer.allocUnsafeSlow(256 * 1024)
/** A UTF-16 unit takes up to three bytes in UTF-8. */
const MAX_LENGTH = scratch.length / 3

/** A text to be sent, made bytes once where it is long: as a text it would be walked through to count its bytes, copied behind its headers and then written. */
export function textToSend(text: string): string | Buffer {
  if (text.length < MIN_LENGTH || text.length > MAX_LENGTH) return text
  return Buffer.from(scratch.subarray(0, scratch.write(text)))
}
