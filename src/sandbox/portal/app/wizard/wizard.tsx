import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useHost } from '../host.ts'
import type { Generation } from './generation.ts'
import { kitOf } from './form-kit.tsx'
import { KitProvider } from './kit-context.ts'

/** Something that keeps a form from being submitted. */
export interface Problem {
  tab: string
  field: string
  message: string
  /** A missing value is complained about when its tab is left, a broken rule as soon as its field is (portal-facts.md §5). */
  kind: 'required' | 'rule'
}

export interface FormState {
  /** What to say at a field now. */
  problemOf(field: string): string | undefined
  /** The field was left. */
  leave(field: string): void
}

export interface WizardPage {
  id: string
  title: string
  render(state: FormState): ReactNode
  /** Label and value as the last tab shows them. */
  review: [label: string, value: string][]
}

interface WizardProps {
  generation: Generation
  pages: WizardPage[]
  problems: Problem[]
  /** Whether lists that the form needs are still being loaded: until they are, nobody can say what is missing. */
  loading: boolean
  /** What only the server knows to be wrong, or undefined. */
  validate(): Promise<string | undefined>
  create(): Promise<void>
}

type Verdict = { type: 'progress' } | { type: 'success' } | { type: 'error'; detail: string }

const verdictTexts: Record<Verdict['type'], string> = {
  progress: 'Validation is in progress.',
  success: 'Validation passed',
  error: 'Validation failed. Required information is missing or not valid.',
}

const reviewId = 'review'

/** Tabs, the verdict on the last of them, and a footer (portal-facts.md §5). */
export function Wizard({ generation, pages, problems, loading, validate, create }: WizardProps) {
  const { settings, delays } = useHost()
  const { reviewTab, footer: manner } = settings.traits
  const kit = kitOf(generation)
  const [selected, setSelected] = useState(pages[0]?.id ?? reviewId)
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set())
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [verdict, setVerdict] = useState<Verdict>({ type: 'progress' })
  const [busy, setBusy] = useState(false)
  const isShown = ({ tab, field, kind }: Problem) => checked.has(tab) || (kind === 'rule' && left.has(field))

  const latest = useRef({ problems, validate })
  latest.current = { problems, validate }
  useEffect(() => {
    setVerdict({ type: 'progress' })
    if (selected !== reviewId || loading) return
    const stop = new AbortController()
    const judge = async (): Promise<Verdict> => {
      if (latest.current.problems.length > 0) return { type: 'error', detail: '' }
      await delays.wait('validation', stop.signal)
      const detail = await latest.current.validate()
      return detail === undefined ? { type: 'success' } : { type: 'error', detail }
    }
    judge()
      .catch((error: unknown): Verdict => ({
        type: 'error',
        detail: error instanceof Error ? error.message : String(error),
      }))
      .then(
        found => !stop.signal.aborted && setVerdict(found),
        () => undefined,
      )
    return () => stop.abort()
  }, [selected, loading, delays])

  const go = (id: string) => {
    setChecked(id === reviewId ? new Set(pages.map(page => page.id)) : new Set([...checked, selected]))
    setSelected(id)
  }
  const submit = async () => {
    setBusy(true)
    try {
      await create()
    } catch (error) {
      setVerdict({ type: 'error', detail: error instanceof Error ? error.message : String(error) })
      setBusy(false)
    }
  }

  const { Tabs, Banner, Footer } = kit
  const tabs = [...pages, { id: reviewId, title: reviewTab }].map(({ id, title }) => ({
    id,
    title,
    errors: problems.filter(problem => problem.tab === id && isShown(problem)).length,
  }))
  const state: FormState = {
    problemOf: field => problems.find(problem => problem.field === field && isShown(problem))?.message,
    leave: field => setLeft(new Set([...left, field])),
  }
  const footer = {
    tabs,
    manner,
    selected,
    canCreate: verdict.type === 'success',
    busy,
    onSelect: go,
    onCreate: () => void submit(),
  }

  return (
    <KitProvider value={kit}>
      <div className="ext-form">
        <div className="ext-form-body">
          <Tabs tabs={tabs} selected={selected} onSelect={go}>
            {selected === reviewId && (
              <>
                <Banner kind={verdict.type} text={verdictTexts[verdict.type]} />
                {verdict.type === 'error' && verdict.detail && <p role="alert">{verdict.detail}</p>}
                <Review pages={pages} />
              </>
            )}
            {pages.map(page => page.id === selected && <div key={page.id}>{page.render(state)}</div>)}
          </Tabs>
        </div>
        <Footer {...footer} />
      </div>
    </KitProvider>
  )
}

function Review({ pages }: { pages: WizardPage[] }) {
  return pages.map(({ id, title, review }) => (
    <section key={id} aria-label={title} className="ext-review">
      <h3>{title}</h3>
      <dl>
        {review.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  ))
}
