import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'

interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
}

/** Searches as it is typed into; Escape empties it. */
export function SearchField({ label, value, onValue, onKeyDown, ...rest }: SearchFieldProps) {
  return (
    <span className="search-field">
      <Search aria-hidden />
      <input
        type="search"
        className="input"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        {...rest}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation()
            onValue('')
          } else onKeyDown?.(event)
        }}
      />
    </span>
  )
}
