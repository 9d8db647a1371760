import { useMutation, useQuery } from '@tanstack/react-query'
import { PenLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../../api.ts'
import { ProposalCard } from '../../proposal-card.tsx'
import { Button } from '../../ui/button.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import type { Editor } from './use-editor.ts'

/** Has a model write for this product, and shows what it wrote until somebody decides. */
export function PointsByModel({ editor: { product } }: { readonly editor: Editor }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { data: status } = useQuery(read('points.status', {}))
  const { data } = useQuery(read('points.proposals', { productId: product.id }))
  const write = useMutation({
    mutationFn: () => call('points.generate', { productIds: [product.id], mode: 'all' }),
    onSuccess: () => toasts.info(t('points.oneStarted')),
    onError: toasts.failed,
  })
  const [proposal] = data?.items ?? []
  if (!status?.configured && !proposal) return null
  return (
    <div className="points-by-model">
      {status?.configured && (
        <Button
          className="settings-button"
          disabled={write.isPending || status.jobId !== null}
          onClick={() => write.mutate()}
        >
          <PenLine aria-hidden />
          {t(proposal ? 'points.oneAgain' : 'points.one')}
        </Button>
      )}
      {proposal && <ProposalCard key={proposal.id} proposal={proposal} />}
    </div>
  )
}
