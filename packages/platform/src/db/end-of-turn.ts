/**
 * Resolves when every promise that can go on without the outside has done so. Whoever collects work until then gets what
 * a whole piece of program asks for in one go, also across its awaits, and waits for no timer and no I/O.
 */
export const endOfTurn = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))
