import { describe, expect, it } from 'vitest'
import { pendingMigrations } from './run-migrations.ts'

const file = (name: string, checksum = name) => ({ name, sql: '', checksum })
const one = file('0001_a.sql')
const two = file('0002_b.sql')
const three = file('0003_c.sql')

describe('pendingMigrations', () => {
  it('runs what has not run, in order', () => {
    expect(pendingMigrations('crm', [one, two, three], [one])).toEqual([two, three])
  })

  it('refuses a file that was changed after it ran', () => {
    expect(() => pendingMigrations('crm', [file('0001_a.sql', 'edited')], [one])).toThrow('0001_a.sql were changed after they ran')
  })

  it('refuses a file that slipped in before one that has run', () => {
    expect(() => pendingMigrations('crm', [one, two, three], [one, three])).toThrow('0002_b.sql comes before one that has run already')
  })

  it('counts the platform’s files and the service’s apart', () => {
    const platform = file('platform/0002_new.sql')
    expect(pendingMigrations('crm', [platform, one, two], [one, two])).toEqual([platform])
  })

  it('accepts a schema that a newer release has carried further', () => {
    expect(pendingMigrations('crm', [one], [one, two])).toEqual([])
  })
})
