import type { Action } from './action.ts'
import type { Clause } from './clauses.ts'
import type { Token } from './tokens.ts'

type Without<Kind, Keys extends PropertyKey> = Kind extends unknown ? Omit<Kind, Keys> : never

/**
 * An action as a phrase reads it: its places beyond those of the clause, and its span when it isn't the
 * clause's. `chained`: the action before it led there. */
export type Draft = Without<Action, 'place' | 'where'> & { where?: string[]; tokens?: Token[]; chained?: true }

/** An action in an example: as in actions.md, without its place. */
export type ExampleAction = Without<Action, 'place' | 'where' | 'code'> & { where?: string[] }

/** What reads one family of instructions. */
export interface Phrase {
  /** Sentences and what they ask for. They are the phrase's tests, and the hints for a step that isn't understood. */
  examples: Record<string, ExampleAction[]>
  /** It reads only what no other family does, whatever its verb. */
  residual?: true
  /** The verbs that it reads, as `verbs.ts` has them. */
  verbs: ReadonlySet<string>
  /** Undefined when the clause is none of this family's. An empty list when it asks for nothing. */
  read(clause: Clause): Draft[] | undefined
}

export const verbs = (list: string): ReadonlySet<string> => new Set(list.split(', '))
