import type { Phrase } from '../phrase.ts'
import { capture } from './capture.ts'
import { check } from './check.ts'
import { fold } from './fold.ts'
import { follow } from './follow.ts'
import { goTo } from './go-to.ts'
import { keep } from './keep.ts'
import { load } from './load.ts'
import { manual } from './manual.ts'
import { repeat } from './repeat.ts'
import { review } from './review.ts'
import { run } from './run.ts'
import { search } from './search.ts'
import { select } from './select.ts'
import { set } from './set.ts'
import { signIn } from './sign-in.ts'
import { turn } from './turn.ts'
import { verify } from './verify.ts'
import { wait } from './wait.ts'

/** Every family of instructions, by its name. */
export const phrases: Record<string, Phrase> = {
  signIn,
  goTo,
  search,
  select,
  set,
  check,
  turn,
  keep,
  review,
  wait,
  verify,
  capture,
  load,
  fold,
  run,
  follow,
  repeat,
  manual,
}
