import type { ProductImage } from '#shared/library.ts'

/** Behind which picture one must be put to stand at a place (from 0) among all; null = first. */
export function behindFor(images: readonly Pick<ProductImage, 'id'>[], id: string, place: number): string | null {
  const others = images.filter((image) => image.id !== id)
  const at = Math.max(0, Math.min(place, others.length))
  return others[at - 1]?.id ?? null
}

/** The place (from 0) that a drop beside another picture means. */
export function dropPlace(
  images: readonly Pick<ProductImage, 'id'>[],
  { id, target, after }: { readonly id: string; readonly target: string; readonly after: boolean },
): number {
  const others = images.filter((image) => image.id !== id)
  return others.findIndex((image) => image.id === target) + (after ? 1 : 0)
}
