import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type'

/** So many bytes from the beginning tell the type of a file; more of somebody else's file is not looked at. */
export const HEAD_BYTES = 4_100

const PLAIN_BYTES = 'application/octet-stream'
/** RFC 6838, 4.2; parameters are of no use to a download. */
const MEDIA_TYPE = /^[a-z0-9][\w!#$&^.+-]{0,126}\/[a-z0-9][\w!#$&^.+-]{0,126}$/
/** What a browser could run or fetch with, were it ever opened there. */
const RUNNABLE = /html|xml|script|svg|x-shockwave|x-msdownload|x-msdos|x-executable|x-elf|x-mach|x-sh\b/
const OFFICE = /officedocument|opendocument/
/** Formats that lie in a container, of which the first bytes may show the container only. */
const CONTAINERS: Readonly<Record<string, RegExp>> = {
  'application/zip': /officedocument|opendocument|epub|java-archive|\+zip|iwork|ms-(excel|powerpoint|word)/,
  'application/x-cfb': /msword|ms-(excel|powerpoint|outlook|word|project|office)|vnd\.visio/,
  'application/gzip': /x-gzip|x-tgz|x-compressed/,
}
/** Shown by two or three letters, with which a text may begin as well. */
const OF_FEW_LETTERS: ReadonlySet<string> = new Set(['image/bmp', 'audio/mpeg', 'application/x-msdownload'])
/** Types that bytes would show. Texts may begin with anything. */
const told = new Set<string>([...supportedMimeTypes].filter((type) => !type.startsWith('text/')))

/**
 * The media type of a file that somebody sent (ASVS 5.2.2): what its first bytes say where they say something, whatever it was
 * called; what was declared where bytes cannot tell, as of texts; plain bytes where they would have told and did not, and for all
 * that a browser could run.
 */
export async function judgeType(declared: string, head: Uint8Array): Promise<string> {
  const type = namedType(declared)
  const seen = await seenType(head)
  if (seen === null) return told.has(type) ? PLAIN_BYTES : type
  if (seen === type || CONTAINERS[seen]?.test(type)) return type
  if (OF_FEW_LETTERS.has(seen) && type.startsWith('text/') && !head.subarray(0, HEAD_BYTES).includes(0)) return type
  return isRunnable(seen) ? PLAIN_BYTES : seen
}

/** What somebody calls the type of a file, where that is a type and none that a browser could run; else plain bytes. */
export function namedType(declared: string): string {
  const name = declared.toLowerCase()
  return MEDIA_TYPE.test(name) && !isRunnable(name) ? name : PLAIN_BYTES
}

const isRunnable = (type: string): boolean => RUNNABLE.test(type) && !OFFICE.test(type)

/** The type that the first bytes show, whatever anybody says; null where they show none. */
export async function seenType(head: Uint8Array): Promise<string | null> {
  try {
    const seen = await fileTypeFromBuffer(head.subarray(0, HEAD_BYTES))
    return seen?.mime.split(';')[0] ?? null
  } catch {
    // A file that is cut off in the middle of a heading tells nothing.
    return null
  }
}
