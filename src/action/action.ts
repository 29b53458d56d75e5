import type { Place, Step } from '../article/article.ts'

/** What every action may carry, whatever it asks for. */
interface Circumstances {
  /** The named places it happens in, outermost first. */
  where: string[]
  /** The article says that it may be left out. */
  optional?: true
  /** The condition that it depends on, in the article's words. */
  when?: string
  /** It is an alternative to the action before it. */
  or?: true
  /** It goes on from the alternative before it: whoever doesn't take that, doesn't do this. */
  sequel?: true
  /** The span of text that asks for it. */
  place: Place
}

export type SignIn = Circumstances & { do: 'signIn'; target?: string }
export type GoTo = Circumstances & { do: 'goTo'; target: string }
/** `target` is the box when it is not the global one; `value` the text to search for. */
export type Search = Circumstances & { do: 'search'; target?: string; value: string }
export type Select = Circumstances & { do: 'select'; target: string }
/** A `value` that begins with `?` is supplied by the reader. */
export type SetField = Circumstances & { do: 'set'; target?: string; value: string }
export type Check = Circumstances & { do: 'check' | 'clear'; target: string }
export type Turn = Circumstances & { do: 'turnOn' | 'turnOff'; target: string }
export type Keep = Circumstances & { do: 'keep'; target?: string; value?: string }
export type Review = Circumstances & { do: 'review'; target?: string }
export type Wait = Circumstances & { do: 'wait'; target: string }
export type Verify = Circumstances & { do: 'verify'; target: string; value?: string }
export type Capture = Circumstances & { do: 'capture'; target: string }
export type Load = Circumstances & { do: 'upload' | 'download'; target: string }
export type Fold = Circumstances & { do: 'expand' | 'close'; target: string }
/** `target` is the code block's language, or the inline command; `code` what is to be run. */
export type Run = Circumstances & { do: 'run'; target: string; code: string }
/** `target` is the link's address. */
export type Follow = Circumstances & { do: 'follow'; target: string }
export type Repeat = Circumstances & { do: 'repeat'; target: string }
export type Manual = Circumstances & { do: 'manual'; target: string }

/** One thing that a step asks for. */
export type Action =
  | SignIn
  | GoTo
  | Search
  | Select
  | SetField
  | Check
  | Turn
  | Keep
  | Review
  | Wait
  | Verify
  | Capture
  | Load
  | Fold
  | Run
  | Follow
  | Repeat
  | Manual

export type ActionKind = Action['do']

/** A piece of a step that no phrase reads (`unknown`), or that two read differently (`ambiguous`). Neither is guessed at. */
export interface Unread {
  status: 'unknown' | 'ambiguous'
  text: string
  place: Place
  /** With `ambiguous`: what it could mean. */
  readings: Action[][]
  /** The closest examples that would have been understood. */
  hints: string[]
}

/** What a step asks for, in reading order, and what of it was not understood. */
export interface StepReading {
  step: Step
  actions: Action[]
  unread: Unread[]
}
