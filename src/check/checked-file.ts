import type { Message } from '../article/article.ts'
import type { Coverage } from './coverage.ts'

/** What a check found in one file: what every format of output is made of. Plain data. */
export interface CheckedFile {
  /** As one would type it from the working directory. */
  path: string
  title: string
  /** How many procedures it holds. */
  procedures: number
  messages: ShownMessage[]
  coverage: Coverage
  /** The understood steps, as the JSON text of an array of `UnderstoodStep`: most formats have no use for them. */
  steps: string
}

/** A message with the line that it speaks of. */
export interface ShownMessage extends Message {
  excerpt?: Excerpt
}

/** A line of source, or the part of a long one around the span, and where the span stands in it. */
export interface Excerpt {
  text: string
  /** 0-based, in UTF-16 units. */
  from: number
  length: number
}

/** A step as `--format json` has it. */
export interface UnderstoodStep {
  line: number
  text: string
  actions: UnderstoodAction[]
  unread?: { status: 'unknown' | 'ambiguous'; text: string; line: number; column: number }[]
}

export interface UnderstoodAction {
  do: string
  target?: string
  value?: string
  where: string[]
  line: number
  column: number
}
