import { MessageColor } from '#shared/live.ts'
import * as z from 'zod'
import { useStored } from '../live/use-stored.ts'

const MessageDraft = z.object({ text: z.string(), color: MessageColor, clearAfterSeconds: z.int().nullable() })
export type MessageDraft = z.infer<typeof MessageDraft>

export const emptyMessage: MessageDraft = { text: '', color: 'amber', clearAfterSeconds: null }

/** The message that is being typed. It belongs to this window and session; nothing that the show does touches it. */
export function useMessageDraft(sessionId: string) {
  return useStored<MessageDraft>(
    `hudson.message.${sessionId}`,
    emptyMessage,
    (value): value is MessageDraft => MessageDraft.safeParse(value).success,
  )
}
