/** The dialog that is open over the builder. */
export type Opened =
  | { readonly dialog: 'picker'; /** Null: at the end. */ readonly after: string | null }
  | { readonly dialog: 'paste'; readonly text: string }
  | { readonly dialog: 'import'; /** Null: still to be chosen. */ readonly file: File | null }
  | { readonly dialog: 'move'; readonly ids: readonly string[] }
  | { readonly dialog: 'section'; readonly ids: readonly string[] }

export type OpenDialog = (opened: Opened) => void
