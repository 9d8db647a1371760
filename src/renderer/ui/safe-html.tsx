import DOMPurify from 'dompurify'
import type { Config } from 'dompurify'
import { useMemo } from 'react'
import './markdown.css'

/** HTML of a shop's description: text and structure only; no pictures, links, styles or scripts. */
export function SafeHtml({ html }: { readonly html: string }) {
  const clean = useMemo(() => DOMPurify.sanitize(withoutStyles(html), options), [html])
  return <div className="safe-html" dangerouslySetInnerHTML={{ __html: clean }} />
}

const options = {
  ALLOWED_TAGS: [
    'p',
    'br',
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'ul',
    'ol',
    'li',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'table',
    'thead',
    'tbody',
    'tr',
    'td',
    'th',
    'blockquote',
    'span',
    'div',
    'sub',
    'sup',
    'hr',
  ],
  ALLOWED_ATTR: [],
  // The page's policy takes no plain text as HTML, only what the sanitiser vouches for.
  RETURN_TRUSTED_TYPE: true,
} satisfies Config

/**
 * Leaves out styles and handlers before the parsing. The sanitiser drops them anyway, but to parse them is to break the
 * page's policy, and descriptions from shops are full of them: the console would show nothing else.
 */
function withoutStyles(html: string): string {
  return html
    .replaceAll(/<(style|script)\b[^]*?(?:<\/\1\s*>|$)/gi, '')
    .replaceAll(/<[a-z][^>]*>/gi, (tag) => tag.replaceAll(/([\s"'/])(?:on\w+|style)\s*=/gi, '$1data-dropped='))
}
