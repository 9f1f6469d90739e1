import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { armFailpoints, defineFailpoint, disarmFailpoints, listFailpoints } from './failpoint.ts'

const pass = defineFailpoint('test.here', 'A place of this test')
afterEach(disarmFailpoints)

it('lists what is registered, once per name', () => {
  expect(listFailpoints()).toContainEqual({ name: 'test.here', summary: 'A place of this test' })
  expect(() => defineFailpoint('test.here', 'Again')).toThrow(/two failpoints/)
})

it('passes while nothing is armed, or something else is', () => {
  pass()
  armFailpoints('test.here:other=exit,test.here#9=exit')
  pass('this')
})

it.each(['test.here', 'test.here=sleep', '=exit', 'test.here#0=exit', ''])('refuses %j', (specification) => {
  expect(() => armFailpoints(specification)).toThrow(/is not <name>/)
})

it('refuses a place that does not exist', () => {
  expect(() => armFailpoints('test.nowhere=exit')).toThrow(/there is no test.nowhere/)
})

const module = fileURLToPath(new URL('failpoint.ts', import.meta.url))
const run = (passes: string, specification: string) =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { armFailpoints, defineFailpoint } from ${JSON.stringify(module)}
       process.on('exit', () => console.log('handlers ran'))
       const pass = defineFailpoint('test.there', '')
       armFailpoints(${JSON.stringify(specification)})
       ${passes}
       console.log('survived')`,
    ],
    { encoding: 'utf8' },
  )

it('dies at the place as by kill -9, at the given pass', () => {
  const first = run('pass()', 'test.there=exit')
  expect(first).toMatchObject({ signal: 'SIGKILL', stdout: '', stderr: expect.stringContaining('failpoint test.there reached') })
  expect(run("pass('a'); pass('b')", 'test.there:b=exit').stderr).toContain('failpoint test.there:b reached')
  expect(run('pass(); pass()', 'test.there#3=exit').stdout).toContain('survived')
  expect(run('pass(); pass(); pass()', 'test.there#3=exit').signal).toBe('SIGKILL')
})
