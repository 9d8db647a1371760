import { Fragment } from 'react'
import type { Line } from '../fit/wrap.ts'

/** Lines as they were planned: the browser breaks none of its own. */
export function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return lines.map((line, index) => (
    <Fragment key={index}>
      {/* Takes no room between two blocks, and keeps the words apart for who does not see the lines. */}
      {index > 0 && ' '}
      <span className="host-line">
        {line.map((run, at) => (run.bold ? <b key={at}>{run.text}</b> : <span key={at}>{run.text}</span>))}
      </span>
    </Fragment>
  ))
}
