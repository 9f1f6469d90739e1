import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { analyseTable } from './analyse-table.ts'
import { FileProblem } from './file-problem.ts'
import { openTable } from './open-table.ts'

const directory = await mkdtemp(join(tmpdir(), 'import-'))
afterAll(() => rm(directory, { recursive: true }))
let files = 0

async function file(bytes: Buffer | string): Promise<string> {
  const path = join(directory, String(files++))
  await writeFile(path, bytes)
  return path
}

async function cellsOf(bytes: Buffer | string, reading = {}): Promise<string[][]> {
  const cells: string[][] = []
  for await (const rows of (await openTable(await file(bytes), reading)).rows) cells.push(...rows.map((row) => [...row.cells]))
  return cells
}

async function problemOf(bytes: Buffer | string, reading = {}) {
  const reads = async () => analyseTable(await openTable(await file(bytes), reading), () => {})
  return reads().then(
    () => null,
    (error: unknown) => (error instanceof FileProblem ? error.problem : Promise.reject(error)),
  )
}

/** What a letter is in the two encodings of Russian from before Unicode. */
const windows1251 = (text: string) => Buffer.from([...text].map((letter) => (/[А-я]/.test(letter) ? letter.charCodeAt(0) - 0x350 : letter.charCodeAt(0))))
const KOI8 = 'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ'
const koi8 = (text: string) => Buffer.from([...text].map((letter) => (KOI8.includes(letter) ? 0xc0 + KOI8.indexOf(letter) : letter.charCodeAt(0))))

const RUSSIAN = `Имя;Город\r\n${'Анна Ковалева;Москва\r\nПетр Иванов;Санкт-Петербург\r\n'.repeat(20)}`
it.each([
  ['UTF-8', Buffer.from(RUSSIAN), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${RUSSIAN}`), 'utf-8'],
  ['UTF-16', Buffer.from(`\uFEFF${RUSSIAN}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 without a mark', Buffer.from(RUSSIAN.replaceAll(/[А-я]/g, 'x'), 'utf16le'), 'utf-16le'],
  ['UTF-16, the other way round', Buffer.from(`\uFEFF${RUSSIAN}`, 'utf16le').swap16(), 'utf-16be'],
  ['Windows-1251', windows1251(RUSSIAN), 'windows-1251'],
  ['KOI8-R', koi8(RUSSIAN), 'koi8-r'],
])('reads %s', async (_name, bytes, encoding) => {
  const table = await openTable(await file(bytes), {})
  expect(table).toMatchObject({ format: 'csv', encoding, delimiter: ';' })
  const [headings, first] = await cellsOf(bytes)
  const isRussian = !encoding.endsWith('le') || bytes[0] === 0xff
  if (isRussian)
    expect([headings, first]).toEqual([
      ['Имя', 'Город'],
      ['Анна Ковалева', 'Москва'],
    ])
})

it.each([',', ';', '\t', '|'])('finds the delimiter %j by itself', async (delimiter) => {
  expect(await cellsOf(['a', 'b', 'c'].join(delimiter) + '\n' + ['1', '2', '3'].join(delimiter))).toEqual([
    ['a', 'b', 'c'],
    ['1', '2', '3'],
  ])
})

it('reads every table as it was written, whatever stands in its cells', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ж', '"', ',', '\n', '\r\n', ' ', "'", '😀'), maxLength: 12 })
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }))
  const written = (rows: string[][]) => rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\r\n')
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      expect(await cellsOf(written(rows), { delimiter: ',', encoding: 'utf-8' })).toEqual(rows)
    }),
    { numRuns: 100 },
  )
})

it('takes rows that are shorter or longer than the headings, and cells of a megabyte', async () => {
  const long = 'x'.repeat(1_000_000)
  expect(await cellsOf(`a,b\n1\n1,2,3\n${long},2\n`)).toEqual([['a', 'b'], ['1'], ['1', '2', '3'], [long, '2']])
})

it.each([
  ['nothing', '', { code: 'crm.import.empty' }],
  ['empty lines', '\n\n  \n', { code: 'crm.import.empty' }],
  ['headings alone', 'Name,Email\n', { code: 'crm.import.no_rows' }],
  [
    'a quote that is never closed',
    'Name,Note\nAda,"two\nlines"\nEve,"never\nclosed\n',
    { code: 'crm.import.quote_open', line: 4, message: expect.stringContaining('row 3') },
  ],
  ['too many columns', `${'a,'.repeat(300)}a\n1\n`, { code: 'crm.import.too_many_columns' }],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d, 0, 0, 0, 0]), { code: 'crm.import.not_a_table' }],
  ['a workbook of before 2007', Buffer.from('d0cf11e0a1b11ae1', 'hex'), { code: 'crm.import.old_workbook' }],
  ['the beginning of an archive', Buffer.from('PK\u0003\u0004 and no more'), { code: 'crm.import.archive_broken' }],
] as const)('says what is wrong with %s', async (_name, bytes, problem) => {
  expect(await problemOf(bytes)).toMatchObject(problem)
})

it('names the line from which on an encoding is broken', async () => {
  const bytes = Buffer.concat([Buffer.from(`a,b\n${'1,2\n'.repeat(100_000)}`), Buffer.from([0xff, 0xfe, 0x41])])
  const problem = await problemOf(bytes, { encoding: 'utf-8' })
  expect(problem?.code).toBe('crm.import.encoding_broken')
  expect(problem?.line).toBeGreaterThan(1)
})

const XML = '<?xml version="1.0" encoding="UTF-8"?>'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PARTS: Readonly<Record<string, string>> = {
  'xl/workbook.xml': `${XML}<workbook ${MAIN} xmlns:r="${RELATION}"><sheets><sheet name="Hidden" sheetId="1" state="hidden" r:id="rId1"/><sheet name="People" sheetId="2" r:id="rId2"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="x"/><Relationship Id="rId2" Target="worksheets/sheet2.xml" Type="x"/></Relationships>`,
  'xl/sharedStrings.xml': `${XML}<sst ${MAIN}><si><t>Name</t></si><si><r><t>Анна </t></r><r><t>Ковалёва</t></r></si></sst>`,
  'xl/styles.xml': `${XML}<styleSheet ${MAIN}><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  'xl/worksheets/sheet1.xml': `${XML}<worksheet ${MAIN}><sheetData/></worksheet>`,
  'xl/worksheets/sheet2.xml': `${XML}<worksheet ${MAIN}><sheetData>
    <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Phone</t></is></c><c r="C1" t="str"><v>Born</v></c><c r="D1" t="str"><v>VIP</v></c></row>
    <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"><v>7.9261234567E10</v></c><c r="C3" s="1"><v>36526</v></c><c r="D3" t="b"><v>1</v></c></row>
  </sheetData></worksheet>`,
}

async function workbook(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, part] of Object.entries(parts)) zip.addBuffer(Buffer.from(part), name)
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

it('reads the first sheet of a workbook that people see, with days, long numbers and texts as they show', async () => {
  const bytes = await workbook(PARTS)
  expect(await cellsOf(bytes)).toEqual([
    ['Name', 'Phone', 'Born', 'VIP'],
    ['Анна Ковалёва', '79261234567', '2000-01-01', 'true'],
  ])
})

it.each([
  ['a CSV file', RUSSIAN.repeat(2_000)],
  ['a workbook', PARTS],
] as const)('says how much of %s has been read, before its rows come too', async (_name, given) => {
  const table = await openTable(await file(typeof given === 'string' ? given : await workbook(given)), {})
  expect(table.share()).toBe(0)
  const shares: number[] = []
  for await (const rows of table.rows) if (rows.length > 0) shares.push(table.share())
  expect(shares[0]).toBeGreaterThan(0)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(table.share()).toBe(1)
})

it.each([
  ['an archive that is no workbook', { 'people.csv': 'a,b' }, 'crm.import.not_a_table'],
  ['a workbook without its sheet', { ...PARTS, 'xl/worksheets/sheet2.xml': '' }, 'crm.import.archive_broken'],
  [
    'entities that unfold',
    { ...PARTS, 'xl/worksheets/sheet2.xml': `${XML}<!DOCTYPE a [<!ENTITY b "bbb">]><worksheet>&b;</worksheet>` },
    'crm.import.archive_broken',
  ],
  [
    'a workbook that unpacks to forty megabytes of nothing',
    { ...PARTS, 'xl/worksheets/sheet2.xml': Buffer.alloc(40 * 1024 ** 2, ' ') },
    'crm.import.archive_bomb',
  ],
  ...['1', '0', '3000000000', 'x'].map(
    (place) =>
      [
        `rows that say that they are number ${place}`,
        { ...PARTS, 'xl/worksheets/sheet2.xml': `${XML}<worksheet ${MAIN}><sheetData><row r="1"/><row r="${place}"/></sheetData></worksheet>` },
        'crm.import.archive_broken',
      ] as const,
  ),
  ['more parts than a workbook has', Object.fromEntries(Array.from({ length: 5_001 }, (_, part) => [`xl/${part}`, ''])), 'crm.import.archive_bomb'],
] as const)('refuses %s', { timeout: 60_000 }, async (_name, parts, code) => {
  expect((await problemOf(await workbook(parts)))?.code).toBe(code)
})
