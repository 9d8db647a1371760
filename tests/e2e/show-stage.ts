import type { Page } from 'playwright'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

/** The sample data, and its longest line-up. */
export interface ShowStage extends SignedIn {
  readonly sessionId: string
  producer(): Promise<Page>
  host(size?: { readonly width: number; readonly height: number }): Promise<Page>
}

export async function openStage(): Promise<ShowStage> {
  const signedIn = await signIn('--demo')
  const { call, open } = signedIn
  const { items } = await call<{ items: { id: string; itemCount: number }[] }>('sessions.list')
  const sessionId = items.toSorted((a, b) => b.itemCount - a.itemCount)[0]?.id
  if (!sessionId) throw new Error('The sample data has no session')
  return {
    ...signedIn,
    sessionId,
    producer: async () => {
      const page = await open(`/sessions/${sessionId}/producer`)
      await page.locator('.lineup-tile').first().waitFor()
      return page
    },
    host: async (size) => {
      const page = await open(`/host/${sessionId}`, size)
      await page.locator('.host').waitFor()
      return page
    },
  }
}
