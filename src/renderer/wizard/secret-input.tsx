import type { ComponentProps } from 'react'
import { TextField } from '../ui/text-field.tsx'

/** Hidden as it is typed, and no password of a person: nothing is to offer to keep it. */
export function SecretInput(props: Omit<ComponentProps<typeof TextField>, 'type'>) {
  return <TextField type="password" autoComplete="off" spellCheck={false} {...props} />
}
