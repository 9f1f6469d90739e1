/** The clock there, with the day of the week where it is another one than here. */
export function timeIn(zone: string, now: Date, locale: string): string {
  const dayIn = (timeZone?: string) => new Intl.DateTimeFormat('en', { weekday: 'short', ...(timeZone === undefined ? {} : { timeZone }) }).format(now)
  const isOtherDay = dayIn(zone) !== dayIn()
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: zone, ...(isOtherDay ? { weekday: 'short' } : {}) }).format(now)
}

/** Whether one would rather not call there now: before eight, from nine in the evening on. */
export function isNight(zone: string, now: Date): boolean {
  const hour = Number(new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(now))
  return hour < 8 || hour >= 21
}
