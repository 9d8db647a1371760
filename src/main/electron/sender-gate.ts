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
export function isOwnPage(sent: Sent, isOwnWindow: (id: number) => boolean): boolean {
  try {
    const { sender, senderFrame } = sent
    if (senderFrame === null || senderFrame !== sender.mainFrame) return false
    return isOwnWindow(sender.id) && isAppUrl(senderFrame.url)
  } catch {
    // What is asked of a frame or a window that went away between the message and now throws. Nobody of ours sent it.
    return false
  }
}

const LOGGED_CHARS = 200

/** Where a message came from, for the log; never throws, whatever became of the sender. */
export function describeSender({ senderFrame }: Pick<Sent, 'senderFrame'>): string {
  try {
    return senderFrame?.url.slice(0, LOGGED_CHARS) ?? 'a frame that is gone'
  } catch {
    // See above.
    return 'a frame that is gone'
  }
}
