import { SearchRegular } from '@fluentui/react-icons'
import type { KeyboardEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { Catalog, CatalogEntry } from '../catalog.ts'
import { searchEntries, typeTitle } from '../catalog.ts'
import { useHost } from '../host.ts'
import { groupOf } from '../resource-manager.ts'
import type { Route } from '../route.ts'
import { useVolatileId } from '../volatile-id.ts'
import type { Place } from './navigation.ts'
import type { SearchIndex } from './search-index.ts'
import { EntryIcon } from '../entry-icon.tsx'

interface GlobalSearchProps {
  catalog: Catalog
  index: SearchIndex
  /** The popup closes when the place changes. */
  place: Place
  onGo(route: Route): void
}

interface Result {
  title: string
  detail: string
  route: Route
}

interface Section {
  title: string
  results: Result[]
}

const label = 'Search resources, services, and docs (G+/)'
const sectionLimit = 5

/** The box in the header and its popup (portal-facts.md §1.1). */
export function GlobalSearch({ catalog, index, place, onGo }: GlobalSearchProps) {
  const { delays, settings } = useHost()
  const { directory, searchMarkup, searchOnKeys } = settings.traits
  const roles = rolesOf[searchMarkup]
  const keyed = useRef(false)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  // On the live portal the box goes on reading as expanded after a result was chosen.
  const [expanded, setExpanded] = useState(false)
  const [sections, setSections] = useState<Section[]>()
  const [filter, setFilter] = useState<string>()
  const [widened, setWidened] = useState<ReadonlySet<string>>(new Set())
  const [history, setHistory] = useState<Result[]>([])
  const [active, setActive] = useState(-1)
  const ready = useRef(false)
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const listId = useVolatileId('search')

  useEffect(() => {
    const stop = new AbortController()
    delays.wait('searchReady', stop.signal).then(
      () => (ready.current = true),
      () => undefined,
    )
    return () => stop.abort()
  }, [delays])

  useEffect(() => {
    setSections(undefined)
    setActive(-1)
    setFilter(undefined)
    setWidened(new Set())
    if (text.trim() === '') return
    const stop = new AbortController()
    delays.wait('search', stop.signal).then(
      () => {
        setSections(findSections(text, catalog, index))
        index.refresh()
      },
      () => undefined,
    )
    return () => stop.abort()
  }, [text, catalog, index, delays])

  useEffect(() => setOpen(false), [place])

  useEffect(() => {
    if (!open) return
    const onPress = (event: MouseEvent) => {
      if (!box.current?.contains(event.target as Node)) close()
    }
    // A press inside a frame reaches this document only as a loss of focus.
    const onBlur = () => close()
    document.addEventListener('mousedown', onPress)
    addEventListener('blur', onBlur)
    return () => {
      document.removeEventListener('mousedown', onPress)
      removeEventListener('blur', onBlur)
    }
  }, [open])

  const close = () => {
    setOpen(false)
    setExpanded(false)
  }

  const show = () => {
    setOpen(true)
    setExpanded(true)
  }

  const choose = (result: Result) => {
    setOpen(false)
    setText('')
    setHistory([result, ...history.filter(({ title }) => title !== result.title)].slice(0, 5))
    input.current?.blur()
    onGo(result.route)
  }

  const shown = (sections ?? [])
    .filter(({ title }) => !filter || filter === title)
    .map(section => ({
      ...section,
      visible: filter || widened.has(section.title) ? section.results : section.results.slice(0, sectionLimit),
    }))
  const options = text.trim() === '' ? history : shown.flatMap(({ visible }) => visible)
  const optionId = (result: Result) => `${listId}-${options.indexOf(result)}`

  const onKeyDown = (event: KeyboardEvent) => {
    keyed.current = true
    if (event.key === 'Escape') return close()
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      show()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((active + step + options.length) % Math.max(options.length, 1))
    }
    const chosen = options[Math.max(active, 0)]
    if (event.key === 'Enter' && open && chosen) choose(chosen)
  }

  return (
    <div
      role="search"
      className="fxs-search"
      ref={box}
      onBlur={event => {
        if (event.relatedTarget && !box.current?.contains(event.relatedTarget)) close()
      }}
    >
      <SearchRegular className="fxs-search-icon" aria-hidden="true" />
      <input
        ref={input}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        aria-autocomplete="list"
        aria-expanded={expanded}
        aria-controls={open && sections ? listId : undefined}
        aria-activedescendant={open && options[active] ? optionId(options[active]) : undefined}
        value={text}
        onFocus={() => {
          show()
          index.refresh()
        }}
        onClick={show}
        onChange={event => {
          if (!ready.current || (searchOnKeys && !keyed.current)) return
          keyed.current = false
          setText(event.target.value)
          show()
        }}
        onKeyDown={onKeyDown}
      />
      {open && text.trim() !== '' && (
        <div className="fxs-search-popup">
          {!sections && <p className="fxs-search-wait">Searching...</p>}
          {sections?.length === 0 && <p className="fxs-menu-no-results">No results were found.</p>}
          {sections && sections.length > 0 && <Chips sections={sections} filter={filter} onFilter={setFilter} />}
          {sections && (
            <div role={roles.list} id={listId} aria-label="List of search results" className="fxs-search-list">
              {shown.map(section => (
                <SectionGroup
                  key={section.title}
                  roles={roles}
                  section={section}
                  results={section.visible}
                  activeResult={options[active]}
                  optionId={optionId}
                  onChoose={choose}
                  onWiden={() => setWidened(new Set([...widened, section.title]))}
                />
              ))}
              <div
                role={roles.section}
                aria-label="Didn't find what you were looking for?"
                className="fxs-search-group"
              >
                <div className="fxs-search-heading" aria-hidden="true">
                  <span>Didn&apos;t find what you were looking for?</span>
                </div>
                <div
                  role={roles.result}
                  aria-selected={roles.result === 'option' ? false : undefined}
                  className="fxs-search-option"
                  onClick={() => choose(directorySearch(directory))}
                >
                  Continue searching in {directory}
                </div>
              </div>
            </div>
          )}
          <div className="fxs-search-footer">
            <span>Searching all subscriptions.</span>
            <a href="#menu/subscriptions" onClick={close}>
              Change
            </a>
            <button type="button" onClick={close}>
              Give feedback
            </button>
          </div>
        </div>
      )}
      <div className="fxs-menu-mru" hidden={!(open && text.trim() === '' && history.length > 0)}>
        <div className="fxs-search-heading">
          <span>Recent</span>
          <button type="button" onClick={() => setHistory([])}>
            Clear all
          </button>
        </div>
        {history.map(result => (
          <Option
            key={result.title}
            role={roles.result}
            id={optionId(result)}
            result={result}
            active={options[active] === result}
            onChoose={choose}
          />
        ))}
      </div>
    </div>
  )
}

/** Results were lists, one for each section, before they were options of a list box (portal-facts.md §14). */
const rolesOf = {
  listbox: { list: 'listbox', section: 'group', result: 'option' },
  list: { list: undefined, section: 'list', result: 'listitem' },
} as const

type Roles = (typeof rolesOf)[keyof typeof rolesOf]

const directorySearch = (directory: string): Result => ({
  title: directory,
  detail: '',
  route: { page: 'unknown', hash: `view/Elsewhere/${encodeURIComponent(directory)}` },
})

function findSections(text: string, catalog: Catalog, index: SearchIndex): Section[] {
  const { groups, resources } = index.find(text)
  const entries = (found: CatalogEntry[]): Result[] =>
    found.map(({ title, publisher, route }) => ({ title, detail: publisher ?? '', route }))
  const sections: Section[] = [
    { title: 'Services', results: entries(searchEntries(catalog.services, text)) },
    {
      title: 'Resources',
      results: resources.map(({ id, name, type }) => ({
        title: name,
        detail: `${typeTitle(type)} in ${groupOf(id)}`,
        route: { page: 'resource', id, item: 'overview' },
      })),
    },
    {
      title: 'Resource Groups',
      results: groups.map(({ id, name }) => ({
        title: name,
        detail: '',
        route: { page: 'resource', id, item: 'overview' },
      })),
    },
    { title: 'Marketplace', results: entries(searchEntries(catalog.marketplace, text)) },
    { title: 'Documentation', results: entries(searchEntries(catalog.documentation, text)) },
  ]
  return sections.filter(({ results }) => results.length > 0)
}

const chipLimit = 3

function Chips(props: { sections: Section[]; filter: string | undefined; onFilter(filter: string | undefined): void }) {
  const { sections, filter, onFilter } = props
  const [all, setAll] = useState(false)
  const hint = useVolatileId('hint')
  const visible = all ? sections : sections.slice(0, chipLimit)
  const hidden = sections.length - visible.length
  const chip = (name: string, text: string, value: string | undefined) => (
    <button
      key={name}
      type="button"
      className={filter === value ? 'fxs-search-chip fxs-search-chip-on' : 'fxs-search-chip'}
      aria-label={`Filter, ${text}`}
      aria-pressed={filter === value}
      aria-describedby={hint}
      onClick={() => onFilter(value)}
    >
      {text}
    </button>
  )
  return (
    <div className="fxs-search-chips">
      <span id={hint} hidden>
        Press Space or Enter to go into edit mode
      </span>
      {chip('All', 'All', undefined)}
      {visible.map(({ title, results }) => chip(title, `${title} (${results.length})`, title))}
      {hidden > 0 && (
        <button type="button" className="fxs-search-chip" onClick={() => setAll(true)}>
          More ({hidden})
        </button>
      )}
    </div>
  )
}

interface SectionGroupProps {
  roles: Roles
  section: Section
  results: Result[]
  activeResult: Result | undefined
  optionId(result: Result): string
  onChoose(result: Result): void
  onWiden(): void
}

function SectionGroup({ roles, section, results, activeResult, optionId, onChoose, onWiden }: SectionGroupProps) {
  return (
    <div role={roles.section} aria-label={section.title} className="fxs-search-group">
      <div className="fxs-search-heading">
        <span aria-hidden="true">{section.title}</span>
      </div>
      {results.map(result => (
        <Option
          key={optionId(result)}
          role={roles.result}
          id={optionId(result)}
          result={result}
          active={result === activeResult}
          onChoose={onChoose}
        />
      ))}
      {results.length < section.results.length && (
        <div
          role={roles.result}
          aria-selected={roles.result === 'option' ? false : undefined}
          className="fxs-search-more"
          onClick={onWiden}
        >
          See more
        </div>
      )}
    </div>
  )
}

interface OptionProps {
  role: Roles['result']
  id: string
  result: Result
  active: boolean
  onChoose(result: Result): void
}

function Option({ role, id, result, active, onChoose }: OptionProps) {
  return (
    <div
      role={role}
      id={id}
      aria-selected={role === 'option' ? active : undefined}
      className={active ? 'fxs-search-option fxs-search-option-active' : 'fxs-search-option'}
      onMouseDown={event => event.preventDefault()}
      onClick={() => onChoose(result)}
    >
      <EntryIcon title={result.title} />
      <span>{result.title}</span>
      {result.detail && <small> {result.detail}</small>}
    </div>
  )
}
