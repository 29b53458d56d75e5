import type { KeyboardEvent } from 'react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useVolatileId } from '../volatile-id.ts'
import type { PickerOption } from './kit.ts'

export interface PickerPopupProps {
  anchor: HTMLElement
  options: PickerOption[]
  selected: string | undefined
  /** The filter box's name. */
  filterName: string
  label: string
  /** One generation has a tree of items, the other a list of options (portal-facts.md §5.1). */
  roles: { list: 'tree' | 'listbox'; item: 'treeitem' | 'option' }
  className: string
  onPick(key: string): void
  onClose(): void
}

/** The list of a drop-down at the end of the document, with a filter that has the keyboard. */
export function PickerPopup(props: PickerPopupProps) {
  const { anchor, options, selected, filterName, label, roles, className, onPick, onClose } = props
  const [filter, setFilter] = useState('')
  const shown = options.filter(({ text }) => text.toLowerCase().includes(filter.trim().toLowerCase()))
  const [active, setActive] = useState(() => options.findIndex(({ key }) => key === selected))
  const surface = useRef<HTMLDivElement>(null)
  const id = useVolatileId('list')
  const place = usePlace(anchor)

  useEffect(() => {
    surface.current?.querySelector('input')?.focus({ preventScroll: true })
    const onPress = (event: MouseEvent) => {
      const target = event.target as Node
      if (!surface.current?.contains(target) && !anchor.contains(target)) onClose()
    }
    document.addEventListener('mousedown', onPress)
    addEventListener('blur', onClose)
    return () => {
      document.removeEventListener('mousedown', onPress)
      removeEventListener('blur', onClose)
    }
  }, [anchor, onClose])

  // Only when another option becomes the active one: a list that a person scrolls stays where it was scrolled to.
  const activeKey = shown[active]?.key
  useEffect(() => {
    if (activeKey !== undefined) document.getElementById(`${id}-${activeKey}`)?.scrollIntoView({ block: 'nearest' })
  }, [activeKey, id])

  const close = () => {
    onClose()
    anchor.focus()
  }
  const pick = (key: string) => {
    onPick(key)
    close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      setActive(Math.min(Math.max(active + step, 0), shown.length - 1))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      const chosen = shown[Math.max(active, 0)]
      if (chosen) pick(chosen.key)
    }
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      event.stopPropagation()
      close()
    }
  }

  const activeOption = shown[active]
  return (
    <div ref={surface} className={className} style={place} onKeyDown={onKeyDown}>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={filterName}
        placeholder={filterName}
        aria-activedescendant={activeOption ? `${id}-${activeOption.key}` : undefined}
        value={filter}
        onChange={event => {
          setFilter(event.target.value)
          setActive(0)
        }}
      />
      <div role={roles.list} aria-label={label} className="picker-list">
        {shown.map((option, index) => (
          <div
            key={option.key}
            id={`${id}-${option.key}`}
            role={roles.item}
            aria-selected={option.key === selected}
            className={index === active ? 'picker-item picker-item-active' : 'picker-item'}
            onMouseDown={event => event.preventDefault()}
            onMouseUp={() => pick(option.key)}
          >
            {option.text}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="picker-empty">No items found</p>}
    </div>
  )
}

/** Below the control, or above it where there is more room; it follows when the form scrolls. */
function usePlace(anchor: HTMLElement) {
  const [box, setBox] = useState(() => anchor.getBoundingClientRect())
  useLayoutEffect(() => {
    const update = () => setBox(anchor.getBoundingClientRect())
    addEventListener('scroll', update, true)
    addEventListener('resize', update)
    return () => {
      removeEventListener('scroll', update, true)
      removeEventListener('resize', update)
    }
  }, [anchor])
  const below = innerHeight - box.bottom
  const horizontal = { left: box.left, width: Math.max(box.width, 240) }
  if (below > 260 || below > box.top) return { ...horizontal, top: box.bottom, maxHeight: Math.min(below - 8, 340) }
  return { ...horizontal, bottom: innerHeight - box.top, maxHeight: Math.min(box.top - 8, 340) }
}
