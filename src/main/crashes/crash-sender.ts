import type { CrashReport } from './crash-report.ts'

/** `refused`: it will not be taken later either. `later`: after so many ms at the least, where the receiver says so. */
export type SendOutcome =
  | { readonly outcome: 'sent' | 'refused' }
  | { readonly outcome: 'later'; readonly afterMs: number | null }

/** Brings reports to Hudson's makers. */
export interface CrashSender {
  /** Rejects where nobody was reached, and with the signal's reason once it is aborted. */
  send(report: CrashReport, signal: AbortSignal): Promise<SendOutcome>
}
