import { Readable } from 'node:stream'

/** One object a line. */
export function ndjsonFile(pages: AsyncIterable<readonly unknown[]>): Readable {
  const lines = async function* () {
    for await (const items of pages) yield items.map((item) => `${JSON.stringify(item)}\n`).join('')
  }
  return Readable.from(lines(), { objectMode: false })
}

/** One array. */
export function jsonFile(pages: AsyncIterable<readonly unknown[]>): Readable {
  const parts = async function* () {
    let before = '[\n'
    for await (const items of pages) {
      if (items.length === 0) continue
      yield before + items.map((item) => JSON.stringify(item)).join(',\n')
      before = ',\n'
    }
    yield before === '[\n' ? '[]\n' : '\n]\n'
  }
  return Readable.from(parts(), { objectMode: false })
}
