import { useEffect, useState } from 'react'
import { useMatch, useNavigate } from 'react-router'
import { onAsked } from '../api.ts'
import { HelpOverlay } from '../keys/help-overlay.tsx'
import { fieldHasFocus } from '../keys/key-press.ts'
import { Palette } from '../keys/palette.tsx'
import { useKeys } from '../keys/use-keys.ts'

/** The keys that act on every screen, with the palette and the help that they open. */
export function AppKeys() {
  const navigate = useNavigate()
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const session = useMatch('/sessions/:id/*')?.params.id
  const inNewWindow = (path: string): void => void window.open(path, '_blank', 'noopener')
  const commands = {
    sessions: () => void navigate('/sessions'),
    products: () => void navigate('/products'),
    settings: () => void navigate('/settings'),
    newSession: () => void navigate('/sessions?new'),
    help: () => setOpen('help'),
    ...(session !== undefined && {
      hostWindow: () => inNewWindow(`/host/${session}`),
      producerWindow: () => void navigate(`/sessions/${session}/producer`),
    }),
  }
  useKeys('global', { ...commands, palette: () => setOpen('palette') })
  useEffect(
    () =>
      onAsked((event) => {
        // A link of the system, or an item of the menu. Leaving an editor with unsaved text asks first, as any link does.
        if (event.event === 'open') void navigate(event.path)
        else if ((event.id === 'undo' || event.id === 'redo') && fieldHasFocus()) document.execCommand(event.id)
      }),
    [navigate],
  )
  const close = (): void => setOpen(null)
  return (
    <>
      <Palette open={open === 'palette'} onClose={close} commands={commands} onOpen={(path) => void navigate(path)} />
      <HelpOverlay open={open === 'help'} onClose={close} />
    </>
  )
}
