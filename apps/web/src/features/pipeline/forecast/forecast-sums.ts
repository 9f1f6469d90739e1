/** In the order in which a forecast tells them. */
export const SUMS = ['wonMinor', 'openMinor', 'weightedMinor', 'empiricalMinor'] as const
