import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contract } from '#shared/contract.ts'
import type { Input, Name } from '#shared/contract.ts'
import { AppError } from '#shared/app-error.ts'
import { call } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { describeInput, exampleInput } from './describe-input.ts'

interface Answer {
  readonly ok: boolean
  readonly text: string
  readonly ms: number
}

/** Calls one endpoint with JSON that is typed, and shows its Reply and how long it took. */
export function EndpointForm({ name }: { readonly name: Name }) {
  const { t } = useTranslation()
  const { kind, audience } = contract[name]
  const [input, setInput] = useState(() => exampleInput(name))
  const [problem, setProblem] = useState<string>()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const send = async (): Promise<void> => {
    const parsed = parse(input)
    setProblem(parsed.ok ? undefined : t('dev.notJson', { reason: parsed.reason }))
    if (parsed.ok) setAnswer(await ask(name, parsed.value))
  }
  return (
    <section className="dev-call" aria-label={name}>
      <h2>
        {name} <Badge>{t(kind === 'query' ? 'dev.query' : 'dev.command')}</Badge>{' '}
        <Badge>{t('dev.audience', { audience })}</Badge>
      </h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <TextArea
          label={t('dev.input')}
          className="textarea dev-json"
          spellCheck={false}
          value={input}
          onValue={setInput}
          error={problem}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
          }}
        />
        <Button kind="primary" type="submit">
          {t('dev.send')}
        </Button>
      </form>
      {answer && (
        <div role="status">
          <h3>
            {t('dev.reply')}{' '}
            <Badge kind={answer.ok ? 'ok' : 'bad'} shape={answer.ok ? '●' : '▲'}>
              {answer.ok ? 'ok' : 'not ok'}
            </Badge>{' '}
            <span className="quiet tabular">{t('dev.took', { ms: answer.ms.toFixed(1) })}</span>
          </h3>
          <pre className="dev-json" tabIndex={0}>
            {answer.text}
          </pre>
        </div>
      )}
      <details>
        <summary>{t('dev.schema')}</summary>
        <pre className="dev-json" tabIndex={0}>
          {describeInput(name)}
        </pre>
      </details>
    </section>
  )
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string }

function parse(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text.trim() === '' ? '{}' : text) }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}

async function ask(name: Name, input: unknown): Promise<Answer> {
  const from = performance.now()
  const done = (ok: boolean, reply: unknown): Answer => ({
    ok,
    text: JSON.stringify(reply, null, 2),
    ms: performance.now() - from,
  })
  try {
    const value = await call(name, input as Input<Name>)
    return done(true, { ok: true, value })
  } catch (error) {
    const known =
      error instanceof AppError
        ? { code: error.code, message: error.message, fields: error.fields }
        : { message: String(error) }
    return done(false, { ok: false, error: known })
  }
}
