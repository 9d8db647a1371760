import type { BrowserContext, Page } from 'playwright'
import { launchBrowser } from '../support/launch-browser.ts'
import { serve, tempDir } from '../system/hudson.ts'
import type { Server } from '../system/hudson.ts'

/** A server on a folder of its own, and a browser that is signed in as its owner. */
export interface SignedIn extends AsyncDisposable {
  readonly server: Server
  readonly context: BrowserContext
  /** Errors that any page wrote to its console. */
  readonly errors: string[]
  /** Calls an endpoint; throws where its Reply is a failure. */
  call<T>(name: string, input?: object): Promise<T>
  open(path: string, size?: { readonly width: number; readonly height: number }): Promise<Page>
}

/** Starts `hudson serve` with these arguments. */
export async function signIn(...args: readonly string[]): Promise<SignedIn> {
  const stack = new AsyncDisposableStack()
  return await signInTo(stack.use(await serve(stack.use(tempDir()).path, ...args)), stack)
}

/** A browser at a server that runs already; both end with the stack. */
export async function signInTo(server: Server, stack: AsyncDisposableStack): Promise<SignedIn> {
  const browser = await launchBrowser()
  stack.defer(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  const first = await context.newPage()
  await first.goto(server.ready.url)
  await first.close()
  return {
    server,
    context,
    errors,
    call: async <T>(name: string, input: object = {}): Promise<T> => {
      const reply = await server.call(name, input)
      if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
      return reply.value as T
    },
    open: async (path, size) => {
      const page = await context.newPage()
      if (size) await page.setViewportSize(size)
      await page.goto(`http://127.0.0.1:${server.ready.port}${path}`)
      return page
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
