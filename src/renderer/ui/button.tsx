import type { ComponentProps } from 'react'

interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` is the one main action of a screen or dialog. */
  readonly kind?: 'primary' | 'secondary' | 'ghost' | 'danger'
  /** `live` for what is pressed during a show. */
  readonly size?: 'ui' | 'live'
}

/** A button with words on it. */
export function Button({ kind = 'secondary', size = 'ui', className, ...rest }: ButtonProps) {
  return <button type="button" className={`button ${className ?? ''}`} data-kind={kind} data-size={size} {...rest} />
}
