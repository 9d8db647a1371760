/**
 * The drawn pictures by name, inside the bundle: so they are found wherever the app is run from, packed or not. Import
 * this file lazily; it is over a megabyte.
 */
const inlined = import.meta.glob<string>('./pictures/*.webp', { query: '?inline', import: 'default', eager: true })

/** Content by name (`fern-pendant-1`). */
export const pictures: ReadonlyMap<string, Uint8Array> = new Map(
  Object.entries(inlined).map(([path, url]) => {
    const name = path.slice(path.lastIndexOf('/') + 1, -'.webp'.length)
    return [name, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')]
  }),
)
