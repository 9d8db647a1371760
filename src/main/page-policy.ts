/**
 * What a page of ours may load and do: its own scripts, styles, fonts and pictures, pictures that it made itself, and calls
 * to where it came from. No frame, no worker, no form, no plug-in, no inline code, and nobody may show it in a frame. Text
 * becomes HTML only through the sanitiser (trusted types).
 */
export function pagePolicy({ connect = [] }: { readonly connect?: readonly string[] } = {}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types dompurify',
  ].join('; ')
}

/**
 * The same for a `<meta>` in the built page: the second line, should a header ever be lost. A page cannot forbid its framing
 * that way, and it is the same page for the app and for every port of the studio server.
 */
export function metaPolicy(): string {
  return pagePolicy({ connect: ['ws://127.0.0.1:*', 'ws://localhost:*'] }).replace("frame-ancestors 'none'; ", '')
}
