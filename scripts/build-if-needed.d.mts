export const root: string
export const outDir: string
export function projectNode(): string
export function buildIfNeeded(): boolean
export function isFresh(): boolean
