import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { catalogAlone } from './catalog-alone.ts'

/** Where `vite` (development only) finds a running server; the built files are served by the gateway itself. */
const server = 'http://127.0.0.1:3000'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [catalogAlone(), react(), tailwind()],
  server: {
    proxy: {
      '/api': { target: server },
      '/live': { target: server, ws: true },
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
    // Data URIs would need `font-src data:` in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Schemas that nobody asks for: declaring one changes nothing.
      treeshake: { manualPureFunctions: ['z', 'defineEndpoints', 'defineEvent', 'defineSaga'] },
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'tanstack', test: /node_modules\/@tanstack\// },
            { name: 'zod', test: /node_modules\/zod\// },
            { name: 'words', test: /node_modules\/(i18next|react-i18next)\// },
            // What several pages share, in one piece: a file for each combination of pages made 140 requests before the first one stood.
            { name: 'common', minShareCount: 2 },
          ],
        },
      },
    },
  },
})
