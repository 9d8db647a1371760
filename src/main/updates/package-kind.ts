import * as z from 'zod'

/** The kinds of packages, by how each is installed. */
export const PackageKind = z.enum(['AppImage', 'deb', 'rpm', 'nsis', 'zip'])
export type PackageKind = z.infer<typeof PackageKind>
