import { onTestFinished } from 'vitest'
import { openProxy } from './tcp-proxy.ts'
import type { TcpProxy } from './tcp-proxy.ts'

/** A network before the server of a URL, until the test is over. */
export async function networkBefore(url: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(url)
  const network = await openProxy({ host: hostname, port: Number(port) })
  onTestFinished(() => network[Symbol.asyncDispose]())
  return network
}
