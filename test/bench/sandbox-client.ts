import { Agent, request } from 'node:https'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'

/** Resource Manager of a sandbox, for benches that look into it from the side. */
export interface SandboxClient {
  get<Body>(path: string, apiVersion: string): Promise<Body>
  /** Takes away all faults that are still armed. */
  clearFaults(): Promise<void>
  close(): void
}

/** A client with the rights of a definition's own program. Asks for a token at its first request. */
export function openSandbox({
  entra,
  tenant,
  audience,
  credential,
  resourceManager,
  certificateAuthority,
}: SandboxDefinition): SandboxClient {
  const agent = new Agent({ ca: certificateAuthority, keepAlive: true })
  const ask = (url: string, method: string, headers: Record<string, string>, body?: string) =>
    new Promise<string>((resolve, reject) => {
      const call = request(url, { method, headers, agent }, response => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('error', reject)
        response.on('end', () => {
          if ((response.statusCode ?? 0) < 400) resolve(text)
          else reject(new Error(`${method} ${url} was answered ${response.statusCode}: ${text}`))
        })
      })
      call.on('error', reject)
      call.end(body)
    })
  let token: Promise<string> | undefined
  const signIn = async () => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credential.clientId,
      client_secret: credential.clientSecret,
      scope: `${audience}/.default`,
    })
    const answer = await ask(
      `${entra}/${tenant}/oauth2/v2.0/token`,
      'POST',
      { 'content-type': 'application/x-www-form-urlencoded' },
      form.toString(),
    )
    return (JSON.parse(answer) as { access_token: string }).access_token
  }
  return {
    async get<Body>(path: string, apiVersion: string) {
      token ??= signIn()
      const headers = { authorization: `Bearer ${await token}` }
      return JSON.parse(await ask(`${resourceManager}${path}?api-version=${apiVersion}`, 'GET', headers)) as Body
    },
    clearFaults: async () =>
      void (await ask(`${resourceManager}/_sandbox/faults`, 'DELETE', { 'x-verbatim-sandbox': 'control' })),
    close: () => agent.destroy(),
  }
}
