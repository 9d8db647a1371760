import { isAppUrl } from './links.ts'

/** As much of an IPC event as says who sent it. */
export interface Sent {
  readonly sender: { readonly id: number; readonly mainFrame: unknown }
  /** Null once the frame was navigated away or destroyed. */
  readonly senderFrame: { readonly url: string } | null
}

/**
 * Whether a message comes from a page of ours: the main frame of a window that we opened, showing our scheme and host.
 * The one gate in front of everything that pages may send.
 */
export function isOwnPage({ sender, senderFrame }: Sent, isOwnWindow: (id: number) => boolean): boolean {
  if (senderFrame === null || senderFrame !== sender.mainFrame) return false
  return isOwnWindow(sender.id) && isAppUrl(senderFrame.url)
}
