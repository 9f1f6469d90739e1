import { forgetCircuits } from '@ai-crm/platform'
import { vi } from 'vitest'

// Before each file: the ones before it in this worker have left a moved clock, and breakers that opened for services of theirs by the
// same names.
vi.restoreAllMocks()
forgetCircuits()
