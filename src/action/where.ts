import type { NamedPlace } from './places.ts'

/** Follows where the reader is while a step's sentences go by. */
export class Whereabouts {
  private places: NamedPlace[] = []

  get names(): string[] {
    return namesOf(this.places)
  }

  /** Reads something that leaves the reader where they were. */
  during<Result>(read: () => Result): Result {
    const before = this.places
    const result = read()
    this.places = before
    return result
  }

  /** A sentence names places: those of its own kind and within give way. */
  enter(places: NamedPlace[]): void {
    const named = places.filter(({ kind }) => kind !== 'search' && kind !== 'field')
    const [first] = named
    if (!first) return
    const kept = first.kind === 'section' ? this.places.filter(({ kind }) => kind === 'page') : []
    this.places = [...kept, ...named]
  }

  /** Something was selected: menus, sections and result lists are behind the reader, the page isn't. */
  select(): void {
    this.places = this.places.filter(({ kind }) => kind !== 'section')
  }

  /** What seemed a place was the field that got its value. */
  leaveField(name: string): void {
    if (this.places.at(-1)?.name === name) this.places = this.places.slice(0, -1)
  }

  /** The page was left. */
  leave(): void {
    this.places = []
  }

  /** Another page opened. */
  open(name: string): void {
    this.places = [{ name, kind: 'page', preposition: 'on' }]
  }
}

/** The names that count as places of an action: a search box and a field are what the action itself speaks of. */
export function namesOf(places: NamedPlace[]): string[] {
  return places.filter(({ kind }) => kind !== 'search' && kind !== 'field').map(({ name }) => name)
}
