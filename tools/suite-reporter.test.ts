import { expect, it } from 'vitest'
import { tellFailure } from './suite-reporter.ts'

it('tells of a locator what it waited for, without colours', () => {
  const message = '\u001B[31mlocator.waitFor: Timeout 30000ms exceeded.\u001B[39m\nCall log:\n\u001B[2m  - waiting for getByRole("button")\u001B[22m\n\n'
  expect(tellFailure('a.e2e.ts: sends', [{ message }])).toBe(
    'a.e2e.ts: sends: locator.waitFor: Timeout 30000ms exceeded.\n        Call log:\n          - waiting for getByRole("button")',
  )
})

it('tells of a comparison what differs, and not more than a few lines of what is endless', () => {
  const diff = `- Expected\n+ Received\n\n  {\n    "same": 1,\n-   "state": "sent",\n+   "state": "failed",\n  }`
  expect(tellFailure('a', [{ message: 'expected this to equal that', diff }])).toMatch(/- {3}"state": "sent",\n\s+\+ {3}"state": "failed",$/)
  const endless = tellFailure('a', [{ message: Array.from({ length: 50 }, () => 'x'.repeat(200)).join('\n') }])
  expect(endless.split('\n').length).toBeLessThanOrEqual(6)
  expect(endless.length).toBeLessThan(610)
})
