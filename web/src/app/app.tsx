import AppProvider from '@atlaskit/app-provider/app-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { IntlProvider } from 'react-intl'
import { rememberedColorMode } from './frame/color-mode.ts'
import { createQueryClient } from './query-client.ts'
import { Session } from './session.tsx'

const client = createQueryClient()

/** Everything that the whole page shares: theme, language, and what was fetched. */
export function App() {
  return (
    <AppProvider defaultColorMode={rememberedColorMode()}>
      <IntlProvider locale="en" defaultLocale="en">
        <QueryClientProvider client={client}>
          <Session />
        </QueryClientProvider>
      </IntlProvider>
    </AppProvider>
  )
}
