import { moment } from './moment.ts'

export const when = (instant: string): string => moment('en', instant)
export const device = (name: string | null): (readonly [string, string])[] => (name === null ? [] : [['Device', name]])
export const NOT_YOU = 'If this was not you, change your password now and end all other sessions.'
