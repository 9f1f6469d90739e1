/** File of a test, and its title as it stands there: with `%s` where the test has a table. */
export type TestPlace = readonly [path: string, title: string]
