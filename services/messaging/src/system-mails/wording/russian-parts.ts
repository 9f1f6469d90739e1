import { moment } from './moment.ts'

export const when = (instant: string): string => moment('ru', instant)
export const device = (name: string | null): (readonly [string, string])[] => (name === null ? [] : [['Устройство', name]])
export const NOT_YOU = 'Если это были не вы, сразу смените пароль и завершите все остальные сеансы.'
