import DOMPurify from 'dompurify'
import { useMemo } from 'react'
import './markdown.css'

/** HTML of a shop's description: text and structure only; no pictures, links, styles or scripts. */
export function SafeHtml({ html }: { readonly html: string }) {
  const clean = useMemo(() => DOMPurify.sanitize(html, options), [html])
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
}
