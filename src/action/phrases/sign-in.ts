import { readObjects } from '../objects.ts'
import { verbs, type Phrase } from '../phrase.ts'

/** Signing in to a product or a site. */
export const signIn: Phrase = {
  examples: {
    'Sign in to the [Azure portal](https://portal.azure.com).': [{ do: 'signIn', target: 'Azure portal' }],
    'Log in to the Azure portal.': [{ do: 'signIn', target: 'Azure portal' }],
  },
  verbs: verbs('sign in to, sign in, sign into, log in to, log in, log into, log on to, sign back in'),
  read(clause) {
    const [thing] = readObjects(clause.objects).things
    if (!thing) return [{ do: 'signIn' }]
    const target = thing.text.replace(/^(?:the|your) /i, '').replace(/\s+(?:with|as|using|at|by)\s.*$/i, '')
    return [{ do: 'signIn', target }]
  },
}
