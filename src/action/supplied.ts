/** A value that the reader supplies: `?` and the article's words for it. `<PUBLIC_IP>` names itself. */
export function supplied(text: string): string {
  const placeholder = /^<([^<>]+)>$/.exec(text.trim())
  return `?${placeholder?.[1] ?? text.trim()}`
}

/** A value that the article states, unless it is a placeholder. */
export function stated(text: string): string {
  return /^<[^<>]+>$/.test(text.trim()) ? supplied(text) : text.trim()
}

const inputs =
  /\b(?:subscriptions?|regions?|locations?|(?:resource|management) groups?|virtual networks?|subnets?|sizes?|roles?|workspaces?|plans?|tiers?|options?|values?|settings?|zones?|members|users|groups|resources|types?|dates?|times?|images?|one|skus?|quotas?|languages?|severity|categor(?:y|ies)|scopes?|identity|permissions?|policy|level|frequency|range|period|columns?|namespaces?|tenants?)$/i

/** Whether a noun phrase names something that a form asks for, rather than a thing to click. */
export function isInput(phrase: string): boolean {
  if (
    /^(?:the name of|your? (?:newly|recently))\b/i.test(phrase) ||
    /\byou (?:just )?(?:created|deployed|added)\b/i.test(phrase)
  )
    return false
  const owned = /^your (.+)$/i.exec(phrase)?.[1]
  if (
    owned !== undefined &&
    !/^(?:\w+ )?(?:subscriptions?|regions?|locations?|resource groups?|tenant|language|preferred .*|preference)\b/i.test(
      owned,
    )
  )
    return false
  const head = phrase.split(/\s+(?:for|that|which|where|you|of|in|from|to|on|with|used|and\/or)\s+/i)[0] ?? phrase
  return inputs.test(head)
}
