import type { BrowserContext, Page } from 'playwright'
import { launchBrowser } from '../support/launch-browser.ts'
import { serve, tempDir } from '../system/hudson.ts'
import type { Server } from '../system/hudson.ts'

/** A server with sample data and a browser that is signed in as its owner. */
export interface ShowStage extends AsyncDisposable {
  readonly server: Server
  readonly context: BrowserContext
  readonly sessionId: string
  call<T>(name: string, input?: object): Promise<T>
  open(path: string, size?: { readonly width: number; readonly height: number }): Promise<Page>
  producer(): Promise<Page>
  host(size?: { readonly width: number; readonly height: number }): Promise<Page>
  /** Errors that any page wrote to its console. */
  readonly errors: string[]
}

export async function openStage(): Promise<ShowStage> {
  const stack = new AsyncDisposableStack()
  const dir = stack.use(tempDir())
  const server = stack.use(await serve(dir.path, '--demo'))
  const browser = await launchBrowser()
  stack.defer(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  const signIn = await context.newPage()
  await signIn.goto(server.ready.url)
  await signIn.close()
  const call = async <T>(name: string, input: object = {}): Promise<T> => {
    const reply = await server.call(name, input)
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
    return reply.value as T
  }
  const { items } = await call<{ items: { id: string; itemCount: number }[] }>('sessions.list')
  const sessionId = items.toSorted((a, b) => b.itemCount - a.itemCount)[0]?.id
  if (!sessionId) throw new Error('The sample data has no session')
  const open: ShowStage['open'] = async (path, size) => {
    const page = await context.newPage()
    if (size) await page.setViewportSize(size)
    await page.goto(`http://127.0.0.1:${server.ready.port}${path}`)
    return page
  }
  return {
    server,
    context,
    sessionId,
    errors,
    call,
    open,
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
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
