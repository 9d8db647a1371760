import type { Bridge, BridgeEvent, Topic } from '#shared/bridge.ts'
import type { Feature, Input, Name, Output } from '#shared/contract.ts'
import { AppError } from '#shared/app-error.ts'
import { unwrap } from '#shared/reply.ts'
import type { Reply } from '#shared/reply.ts'
import { queryOptions } from '@tanstack/react-query'
import i18next from 'i18next'
import { createChannelBridge } from './channel-bridge.ts'

declare global {
  interface Window {
    /** Put there by the preload; absent in a browser. */
    readonly hudson?: Bridge
  }
}

/** The one way to the core, picked once: the preload in the app's own windows, the channel in a browser. */
const bridge: Bridge = window.hudson ?? openChannel()

function token(): string {
  return document.querySelector('meta[name="hudson-token"]')?.getAttribute('content') ?? ''
}

function openChannel(): Bridge {
  const { protocol, host, pathname } = window.location
  const session = /^\/(?:host|overlay)\/([0-9a-f-]{36})/i.exec(pathname)?.[1]
  return createChannelBridge({
    url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/socket`,
    token: token(),
    // A display may join only its session; the owner's pages at the same address may join both.
    callsOver: session ? `session:${session.toLowerCase()}` : 'client:desktop',
  })
}

/** Calls an endpoint. Rejects with the AppError of its Reply. */
export async function call<N extends Name>(name: N, input: Input<N>): Promise<Output<N>> {
  return unwrap((await bridge.call(name, input)) as Reply<Output<N>>)
}

/** The query of an endpoint, under the key that `changed` makes out of date. */
export const read = <N extends Name>(name: N, input: Input<N>) =>
  queryOptions({ queryKey: [name.split('.')[0] as Feature, name, input] as const, queryFn: () => call(name, input) })

/** Hears of what changes in the core, or in one session's show. Returns the way to stop. */
export function subscribe(topic: Topic, listener: (event: BridgeEvent) => void): () => void {
  return bridge.subscribe(topic, listener)
}

/** Hears what the desktop app's menu, or a link of the system, asks of this page; never, in a browser. Returns the way to stop. */
export function onAsked(listener: (event: Asked) => void): () => void {
  if (!window.hudson) return () => {}
  return bridge.subscribe('client:desktop', (event) => {
    if (event.event === 'command' || event.event === 'open') listener(event)
  })
}

type Asked = Extract<BridgeEvent, { event: 'command' | 'open' }>

/** Whether this is a window of the desktop app: there the core asks where to save files, a browser downloads them. */
export const isDesktop = window.hudson !== undefined

/** Makes a file known to the core: by its path where the page has it, by upload where not. For calls that take a file. */
export async function sendFile(file: File): Promise<{ readonly path: string } | { readonly uploadId: string }> {
  const path = bridge.pathOf(file)
  if (path !== '') return { path }
  let response: Response
  try {
    response = await fetch('/upload', { method: 'POST', headers: { Authorization: `Bearer ${token()}` }, body: file })
  } catch (error) {
    throw new AppError('offline', i18next.t('bridge.notHandedOver', { name: file.name }), { cause: error })
  }
  const answer = (await response.json()) as { uploadId: string } | Reply<never>
  if ('uploadId' in answer) return answer
  return unwrap(answer)
}
