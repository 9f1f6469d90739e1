const at9 = (date: Date): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate(), 9)
const daysLater = (date: Date, days: number): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days)

/** The offers of the snooze menu, in the reader's zone. */
export const snoozeTimes = (now: Date) => ({
  hours: new Date(now.getTime() + 3 * 3_600_000),
  tomorrow: at9(daysLater(now, 1)),
  week: at9(daysLater(now, (8 - now.getDay()) % 7 || 7)),
})
