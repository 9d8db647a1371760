import { release } from 'node:os'

/** What runs here, for people who look for a fault: versions and the system, and nothing of whose it is. */
export function aboutThis({ version, runtime }: { readonly version: string; readonly runtime: string }) {
  const { node, electron, chrome } = process.versions
  return {
    hudson: version,
    runtime,
    node,
    ...(electron !== undefined && { electron }),
    ...(chrome !== undefined && { chrome }),
    platform: process.platform,
    arch: process.arch,
    system: release(),
  }
}
