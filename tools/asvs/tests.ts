import { auth } from './tests/auth.ts'
import { platform } from './tests/platform.ts'
import { product } from './tests/product.ts'
import { singleSignOn } from './tests/single-sign-on.ts'

export type { TestPlace } from './tests/test-place.ts'

/** The tests that the mapping refers to, by short names. */
export const TESTS = { ...platform, ...auth, ...product, ...singleSignOn } as const
export type TestName = keyof typeof TESTS
