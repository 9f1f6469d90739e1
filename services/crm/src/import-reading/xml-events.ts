import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { broken } from './xlsx-archive.ts'

export interface XmlHandlers {
  /** Of each piece, before what is in it. */
  read?(bytes: number): void
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/** Prefixes say nothing of our own: names come without them. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Reads XML as it comes, and gives the turn back after each piece. Entities of a document's own are an error: nothing unfolds. */
export async function* readXml(stream: Readable, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser()
  parser.on('error', () => {
    throw broken()
  })
  parser.on('doctype', () => {
    throw broken()
  })
  parser.on('opentag', ({ name, attributes }) => handlers.open(local(name), attributes))
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('closetag', ({ name }) => handlers.close?.(local(name)))
  stream.setEncoding('utf8')
  try {
    for await (const piece of stream) {
      handlers.read?.(Buffer.byteLength(piece))
      parser.write(piece)
      yield
    }
    parser.close()
  } catch (error) {
    throw error instanceof Error && error.constructor.name === 'FileProblem' ? error : broken()
  } finally {
    stream.destroy()
  }
}
