import { describe, expect, it } from 'vitest'
import { chapters } from './chapters.ts'
import { findComplaints } from './find-complaints.ts'
import { LEVELS } from './levels.ts'
import { met, notApplicable, open, type Chapter, type Requirement } from './requirement.ts'
import { TESTS } from './tests.ts'

const files: Readonly<Record<string, string>> = Object.fromEntries(Object.values(TESTS).map(([path]) => [path, '']))
const [alias = 'strictJson'] = Object.keys(TESTS)
const tests = { strictJson: ['a.test.ts', 'refuses %s'] } as const
const sources: Readonly<Record<string, string>> = { 'a.test.ts': "it.each(bodies)('refuses %s', () => {})", 'docs/a.md': '# Guide\n\n## What comes in\n' }
const read = (path: string) => sources[path] ?? null

const ofChapter = (number: number, ...requirements: Requirement[]): Chapter => ({ number, title: 'x', requirements })
const about = (chapter: Chapter, id: string) => findComplaints([chapter], tests, read).filter((text) => text.startsWith(id))

it('knows the 253 requirements of levels 1 and 2', () => {
  expect(LEVELS.size).toBe(253)
  expect([...LEVELS.values()].filter((level) => level === 1)).toHaveLength(70)
})

it('finds nothing to complain about in the mapping itself, but for what the files say', () => {
  expect(alias in TESTS).toBe(true)
  const complaints = findComplaints(chapters, TESTS, (path) => (path in files ? '' : '## x'))
  expect(complaints.filter((text) => !/has no (?:test|heading)/.test(text))).toEqual([])
})

describe('complains about', () => {
  it.each([
    ['a requirement without a verdict', ofChapter(1), '1.1.1', '1.1.1 has no verdict.'],
    ['two verdicts', ofChapter(1, met('1.1.1', 'x', 'strictJson'), met('1.1.1', 'x', 'strictJson')), '1.1.1', '1.1.1 has more than one verdict.'],
    ['a number that does not exist', ofChapter(1, met('1.99.1', 'x', 'strictJson')), '1.99.1', '1.99.1 is not a requirement of level 1 or 2.'],
    ['a wrong chapter', ofChapter(2, met('1.1.1', 'x', 'strictJson')), '1.1.1', '1.1.1 stands in the wrong chapter.'],
    ['something met that nothing shows', ofChapter(1, met('1.1.1', 'x')), '1.1.1', '1.1.1 is met, but nothing shows it.'],
    ['no reason', ofChapter(1, notApplicable('1.1.1', 'x', '')), '1.1.1', '1.1.1 needs a reason.'],
    ['an open one without saying what is missing', ofChapter(1, open('1.1.1', 'x', 'later')), '1.1.1', '1.1.1 needs a reason.'],
    ['a document that is not there', ofChapter(1, met('1.1.1', 'x', 'doc:docs/b.md#x')), '1.1.1', '1.1.1: docs/b.md does not exist.'],
    ['a heading that is not there', ofChapter(1, met('1.1.1', 'x', 'doc:docs/a.md#limits')), '1.1.1', '1.1.1: docs/a.md has no heading #limits.'],
  ])('%s', (_what, chapter, id, complaint) => {
    expect(about(chapter, id)).toEqual([complaint])
  })

  it('a test that is gone, by its file or by its title, and one that nothing refers to', () => {
    const chapter = ofChapter(1, met('1.1.1', 'x', 'strictJson'))
    const complain = (path: string, title: string) => findComplaints([chapter], { strictJson: [path, title] }, read).filter((text) => text.startsWith('1.1.1'))
    expect(complain('b.test.ts', 'refuses %s')).toEqual(['1.1.1: b.test.ts does not exist.'])
    expect(complain('a.test.ts', 'refuses')).toEqual(['1.1.1: a.test.ts has no test "refuses".'])
    expect(findComplaints([], tests, read)).toContain('No requirement refers to the test "strictJson".')
  })

  it('nothing where a test and a heading exist', () => {
    expect(about(ofChapter(1, met('1.1.1', 'x', 'strictJson', 'doc:docs/a.md#what-comes-in')), '1.1.1')).toEqual([])
  })
})
