import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { keyCaps } from './key-label.ts'
import { keyGroups } from '#shared/key-table.ts'
import type { Binding } from '#shared/key-table.ts'
import { onMac } from './platform.ts'
import { useKeyTable } from './use-key-table.ts'
import './keys.css'

interface Props {
  readonly open: boolean
  readonly onClose: () => void
}

/** All keys that act, as they are set. */
export function HelpOverlay({ open, onClose }: Props) {
  const { t } = useTranslation()
  const { table } = useKeyTable()
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="keys-backdrop" />
        <Dialog.Popup className="keys-help">
          <header>
            <Dialog.Title>{t('show.keys.title')}</Dialog.Title>
            <Dialog.Close className="keys-close" aria-label={t('show.keys.close')}>
              <X aria-hidden="true" />
            </Dialog.Close>
          </header>
          <div className="keys-groups">
            {keyGroups.map((group) => (
              <Group
                key={group}
                title={t(`show.keyGroups.${group}`)}
                bindings={table.filter((one) => one.group === group && one.keys.length > 0)}
              />
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Group({ title, bindings }: { readonly title: string; readonly bindings: readonly Binding[] }) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {bindings.map(({ id, keys }) => (
          <div key={id}>
            <dt>{t(`show.keys.${id}`)}</dt>
            <dd>
              {keys.map((chord) => (
                <Chord key={chord} chord={chord} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A chord, one cap per key. */
export function Chord({ chord }: { readonly chord: string }) {
  return (
    <span className="keys-chord">
      {keyCaps(chord, onMac()).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
