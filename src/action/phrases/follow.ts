import type { Clause } from '../clauses.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'

/** Going on in another article. */
export const follow: Phrase = {
  examples: {
    'Follow the steps in [Create a vault](create-vault.md).': [{ do: 'follow', target: 'create-vault.md' }],
    'When you are done, [remove your access](access.md).': [{ do: 'follow', target: 'access.md' }],
    'For detailed steps, see [Assign a role](roles.md).': [{ do: 'follow', target: 'roles.md' }],
    'Create your credentials using [Key Vault](vault.md).': [{ do: 'follow', target: 'vault.md' }],
    'For more information, see [Roles](roles.md).': [],
    'Create a key vault by using one of [these articles](vaults.md).': [{ do: 'follow', target: 'vaults.md' }],
  },
  verbs: verbs(
    'follow, see, complete, use, create, refer, install, set up, deploy, configure, perform, read, follow link',
  ),
  read(clause) {
    if (clause.verb === 'see' && clause.purpose && /\b(?:learn|more|information|details)\b/i.test(clause.purpose))
      return []
    if (clause.verb === 'follow link')
      return clause.objects.slice(0, 1).map(({ url = '' }): Draft => ({ do: 'follow', target: url }))
    const links = clause.objects.filter(({ url }) => url !== undefined)
    if (links.length === 0 || !refers(clause)) return undefined
    if (clause.verb === 'see' && !clause.purpose && !clause.when && !clause.steps) return []
    return links.map((link): Draft => ({ do: 'follow', target: link.url ?? '' }))
  },
}

function refers({ verb, objects }: Clause): boolean {
  if (verb === 'follow' || verb === 'see' || verb === 'refer') return true
  const words = objects.map(({ lower }) => lower).join(' ')
  return /\b(?:steps?|articles?|instructions|quickstart|tutorial|guidance|procedure|(?:by )?using|by following)\b/.test(
    words,
  )
}
