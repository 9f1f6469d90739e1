import './ui/theme.css'
import './lib/no-eval.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { translateNativeProblems } from './lib/i18n/native-problems.ts'
import { startI18n } from './lib/i18n/i18n.ts'
import { queryClient } from './lib/query-client.ts'
import { listenForShortcuts } from './lib/shortcuts/registry.ts'
import { router } from './routes/router.ts'
import { Toasts } from './ui/toasts.tsx'
import { TooltipProvider } from './ui/tooltip.tsx'

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root.')

listenForShortcuts()
translateNativeProblems()
await startI18n()
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <RouterProvider router={router} />
        <Toasts />
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
)
