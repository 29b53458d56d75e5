import type { Phrase } from '../phrase.ts'
import { review } from './review.ts'
import { search } from './search.ts'
import { select } from './select.ts'
import { set } from './set.ts'
import { signIn } from './sign-in.ts'

/** Every family of instructions, by its name. */
export const phrases: Record<string, Phrase> = { signIn, search, select, set, review }
