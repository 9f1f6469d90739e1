import { LEVELS } from './levels.ts'
import type { Chapter, Evidence } from './requirement.ts'
import type { TestPlace } from './tests.ts'

/** The repository as the check sees it: the text of a committed file, or null. */
export type ReadFile = (path: string) => string | null

/**
 * What is wrong with the mapping: a requirement that is missing, twice or in a strange place; a verdict without its reason
 * or evidence; a test or a heading that does not exist (any more); a named test that nothing refers to.
 */
export function findComplaints(chapters: readonly Chapter[], tests: Readonly<Record<string, TestPlace>>, read: ReadFile): string[] {
  const all = chapters.flatMap(({ number, requirements }) => requirements.map((requirement) => ({ number, requirement })))
  const counts = Map.groupBy(all, ({ requirement }) => requirement.id)
  const used = new Set(all.flatMap(({ requirement }) => requirement.evidence))
  return [
    ...[...LEVELS.keys()].filter((id) => !counts.has(id)).map((id) => `${id} has no verdict.`),
    ...[...counts].filter(([, same]) => same.length > 1).map(([id]) => `${id} has more than one verdict.`),
    ...all.filter(({ requirement: { id } }) => !LEVELS.has(id)).map(({ requirement: { id } }) => `${id} is not a requirement of level 1 or 2.`),
    ...all
      .filter(({ number, requirement: { id } }) => id.split('.')[0] !== String(number))
      .map(({ requirement: { id } }) => `${id} stands in the wrong chapter.`),
    ...all.flatMap(({ requirement }) => {
      if (requirement.verdict === 'met') return requirement.evidence.length > 0 ? [] : [`${requirement.id} is met, but nothing shows it.`]
      return requirement.reason.length >= 10 ? [] : [`${requirement.id} needs a reason.`]
    }),
    ...all.flatMap(({ requirement: { id, evidence } }) => evidence.flatMap((one) => complaintsAbout(one, tests, read).map((text) => `${id}: ${text}`))),
    ...Object.keys(tests)
      .filter((name) => ![...used].some((evidence) => evidence === name))
      .map((name) => `No requirement refers to the test "${name}".`),
  ]
}

function complaintsAbout(evidence: Evidence, tests: Readonly<Record<string, TestPlace>>, read: ReadFile): string[] {
  if (evidence.startsWith('doc:')) {
    const [path = '', anchor = ''] = evidence.slice('doc:'.length).split('#')
    const text = read(path)
    if (text === null) return [`${path} does not exist.`]
    return anchorsOf(text).has(anchor) ? [] : [`${path} has no heading #${anchor}.`]
  }
  const place = tests[evidence]
  if (!place) return [`the test "${evidence}" has no place.`]
  const [path, title] = place
  const text = read(path)
  if (text === null) return [`${path} does not exist.`]
  return isTitleIn(text, title) ? [] : [`${path} has no test "${title}".`]
}

/** As the first argument of a test, whatever quotes it has: `it('…'`, `])('…'`, or a key of a table of tests. */
function isTitleIn(source: string, title: string): boolean {
  const quoted = [`'${title.replaceAll("'", String.raw`\'`)}'`, `"${title}"`, `\`${title}\``, `‘${title}’`]
  return quoted.some((text) => source.includes(`(${text},`) || source.includes(`(\n  ${text},`) || source.includes(`(\n    ${text},`))
}

/** As GitHub makes them from headings. */
const anchorsOf = (markdown: string): ReadonlySet<string> =>
  new Set(
    [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
