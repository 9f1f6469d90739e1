import { z } from 'zod'

// Zod would compile parsers with `new Function`, which the Content-Security-Policy reports and refuses.
z.config({ jitless: true })
