import { customFieldIdOf } from '@ai-crm/contracts'

export const isCustomField = (field: string): boolean => customFieldIdOf(field) !== null
