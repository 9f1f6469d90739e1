import type { Readable } from 'node:stream'
import { open, type Entry, type ZipFile } from 'yauzl'
import { FileProblem } from './file-problem.ts'

/** What no workbook of a million rows comes near. */
const MAX_ENTRIES = 5_000
const MAX_ENTRY_BYTES = 2 * 1024 ** 3
const MAX_RATIO = 250
/** Below this a part harms nobody, however well it was compressed. */
const SMALL_BYTES = 32 * 1024 ** 2

const bomb = (): FileProblem =>
  new FileProblem('crm.import.archive_bomb', 'This workbook unpacks to far more than its size. Save it anew, with the one sheet that matters, or as CSV.')

export interface Archive {
  has(name: string): boolean
  /** Unpacked; 0 of what is not there. */
  bytesOf(name: string): number
  read(name: string): Promise<Readable>
  close(): void
}

/** The parts of a workbook, each checked before it is unpacked; yauzl stops one that turns out larger than it says. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openZip(path)
  const entries = new Map<string, Entry>()
  if (zip.entryCount > MAX_ENTRIES) throw bomb()
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName.replaceAll('\\', '/').toLowerCase(), entry)
      zip.readEntry()
    })
    zip.once('end', resolve)
    zip.once('error', reject)
    zip.readEntry()
  }).catch(() => {
    throw broken()
  })
  return {
    has: (name) => entries.has(name.toLowerCase()),
    bytesOf: (name) => entries.get(name.toLowerCase())?.uncompressedSize ?? 0,
    async read(name) {
      const entry = entries.get(name.toLowerCase())
      if (!entry) throw broken()
      const { uncompressedSize, compressedSize } = entry
      if (uncompressedSize > MAX_ENTRY_BYTES || (uncompressedSize > SMALL_BYTES && uncompressedSize > compressedSize * MAX_RATIO)) throw bomb()
      return new Promise((resolve, reject) => zip.openReadStream(entry, (error, stream) => (error ? reject(broken()) : resolve(stream))))
    },
    close: () => zip.close(),
  }
}

export const broken = (): FileProblem =>
  new FileProblem('crm.import.archive_broken', 'This workbook is damaged, or a part of it is missing. Save it anew, or as CSV.')

async function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) =>
    open(path, { lazyEntries: true, autoClose: false, decodeStrings: true }, (error, zip) => (error ? reject(broken()) : resolve(zip))),
  )
}
