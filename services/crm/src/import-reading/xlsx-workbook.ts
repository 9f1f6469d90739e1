import { broken, type Archive } from './xlsx-archive.ts'
import { FileProblem } from './file-problem.ts'
import { readXml, type XmlHandlers } from './xml-events.ts'

/** Texts that many cells share are held while the sheet is read. */
const MAX_SHARED_CHARACTERS = 150_000_000

async function readAll(archive: Archive, name: string, handlers: XmlHandlers): Promise<void> {
  const pieces = readXml(await archive.read(name), handlers)
  while (!(await pieces.next()).done);
}

/** The path of the first sheet that people see. */
export async function firstSheet(archive: Archive): Promise<string> {
  const sheets: { id: string; isHidden: boolean }[] = []
  await readAll(archive, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      if (id) sheets.push({ id, isHidden: (attributes['state'] ?? 'visible') !== 'visible' })
    },
  })
  const targets = new Map<string, string>()
  await readAll(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, { Id, Target }) => void (name === 'Relationship' && Id && Target && targets.set(Id, Target)),
  })
  const target = targets.get((sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])?.id ?? '')
  if (!target) throw broken()
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

export const SHARED_TEXTS = 'xl/sharedStrings.xml'

export async function readSharedTexts(archive: Archive, read: (bytes: number) => void): Promise<string[]> {
  const texts: string[] = []
  if (!archive.has(SHARED_TEXTS)) return texts
  let [text, isText, phonetic, length] = ['', false, 0, 0]
  await readAll(archive, SHARED_TEXTS, {
    read,
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic++
      isText = name === 't' && phonetic === 0
    },
    text: (piece) => {
      if (isText) text += piece
    },
    close: (name) => {
      if (name === 't') isText = false
      if (name === 'rPh') phonetic--
      if (name !== 'si') return
      length += text.length
      if (length > MAX_SHARED_CHARACTERS) throw new FileProblem('crm.import.too_large', 'This workbook has too many different texts. Save it as CSV.')
      texts.push(text)
    },
  })
  return texts
}

/** Built-in formats that show a day, with or without the time (ECMA-376, 18.8.30). */
const DATE_FORMATS: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])
const showsDate = (code: string): boolean => /[dy]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''))

/** By the style of a cell: whether its number is a day. */
export async function readStyles(archive: Archive): Promise<boolean[]> {
  const isDate: boolean[] = []
  if (!archive.has('xl/styles.xml')) return isDate
  const own = new Map<number, boolean>()
  let isInCells = false
  await readAll(archive, 'xl/styles.xml', {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt') own.set(Number(numFmtId), showsDate(formatCode ?? ''))
      if (name === 'cellXfs') isInCells = true
      if (name === 'xf' && isInCells) isDate.push(own.get(Number(numFmtId)) ?? DATE_FORMATS.has(Number(numFmtId)))
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false
    },
  })
  return isDate
}
