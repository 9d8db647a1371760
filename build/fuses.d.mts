import type { FuseV1Options, FuseVersion } from '@electron/fuses'

export function fusesFor(platform: string): Record<FuseV1Options, boolean> & {
  readonly version: FuseVersion.V1
  readonly strictlyRequireAllFuses: true
}
