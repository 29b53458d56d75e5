import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const submitScript = 'document.forms[0].submit()'
const scriptHash = createHash('sha256').update(submitScript).digest('base64')

/** The only script is the one that submits a form; nothing is loaded from anywhere. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; base-uri 'none'; frame-ancestors 'none'`

/** Where a page's form goes, and the sign-in it belongs to. */
export interface Step {
  action: string
  flow: string
}

/** The form of a button that stands before the main one, for else it would be what the Enter key presses. */
const asideForm = 'aside'

/** Names, ids and order of controls are those of portal-facts.md §9. */
export function userNamePage(step: Step, userName = '', error = ''): Html {
  return page(
    'Sign in to your account',
    'ConvergedSignIn',
    html`<form method="post" action="${step.action}" novalidate>
      ${hidden('flow', step.flow)}
      <h1 id="loginHeader">Sign in</h1>
      ${alert('usernameError', error)}
      <input
        type="email"
        name="loginfmt"
        id="i0116"
        value="${userName}"
        placeholder="Email, phone, or Skype"
        aria-label="Enter your email, phone, or Skype."
        aria-describedby="${error ? 'usernameError' : 'loginHeader'}"
        autocomplete="username"
        autofocus
      />
      <div class="buttons"><input type="submit" id="idSIButton9" class="primary" value="Next" /></div>
    </form>`,
  )
}

export function passwordPage(step: Step, userName: string, error = ''): Html {
  return page(
    'Sign in to your account',
    'ConvergedSignIn',
    html`<form method="post" action="${step.action}" novalidate>
        ${hidden('flow', step.flow)}
        <div class="identity">
          <button type="submit" form="${asideForm}" id="idBtn_Back" name="back" value="1" aria-label="Back">←</button>
          <span id="displayName" title="${userName}">${userName}</span>
        </div>
        <h1 id="loginHeader">Enter password</h1>
        ${alert('passwordError', error)}
        <input
          type="password"
          name="passwd"
          id="i0118"
          placeholder="Password"
          aria-label="Enter the password for ${userName}"
          aria-describedby="${error ? 'passwordError' : 'loginHeader'}"
          autocomplete="current-password"
          autofocus
        />
        <div class="buttons"><input type="submit" id="idSIButton9" class="primary" value="Sign in" /></div>
      </form>
      <form method="post" action="${step.action}" id="${asideForm}">${hidden('flow', step.flow)}</form>`,
  )
}

/** `otc` and the buttons are those of portal-facts.md §9; the words, those that public scripts wait for. */
export function codePage(step: Step, userName: string, error = ''): Html {
  return page(
    'Sign in to your account',
    'ConvergedTFA',
    html`<form method="post" action="${step.action}" novalidate>
        ${hidden('flow', step.flow)}
        <div class="identity"><span id="displayName" title="${userName}">${userName}</span></div>
        <h1 id="idDiv_SAOTCC_Title">Enter code</h1>
        <p id="idDiv_SAOTCC_Description">
          Please type in the code displayed on your authenticator app from your device
        </p>
        ${alert('idSpan_SAOTCC_Error_OTC', error)}
        <input
          type="tel"
          name="otc"
          id="idTxtBx_SAOTCC_OTC"
          placeholder="Code"
          aria-label="Code"
          aria-describedby="${error ? 'idSpan_SAOTCC_Error_OTC' : 'idDiv_SAOTCC_Description'}"
          autocomplete="one-time-code"
          maxlength="16"
          autofocus
        />
        <div class="buttons">
          <input type="submit" id="idSubmit_SAOTCC_Continue" class="primary" value="Verify" />
        </div>
      </form>
      <form method="post" action="${step.action}">
        ${hidden('flow', step.flow)}
        <button type="submit" id="signInAnotherWay" class="link" name="another" value="1">
          Having trouble? Sign in another way
        </button>
      </form>`,
  )
}

/** The ways to prove who one is, of which there is one here. */
export function proofPage(step: Step, userName: string): Html {
  return page(
    'Sign in to your account',
    'ConvergedTFA',
    html`<form method="post" action="${step.action}">
      ${hidden('flow', step.flow)}
      <div class="identity"><span id="displayName" title="${userName}">${userName}</span></div>
      <h1 id="idDiv_SAOTCS_Title">Verify your identity</h1>
      <ul class="tiles" id="idDiv_SAOTCS_Proofs">
        <li>
          <div data-value="PhoneAppOTP">
            <button type="submit" name="proof" value="PhoneAppOTP">Use a verification code</button>
          </div>
        </li>
      </ul>
    </form>`,
  )
}

export function staySignedInPage(step: Step, userName: string): Html {
  return page(
    'Sign in to your account',
    'KmsiInterrupt',
    html`<form method="post" action="${step.action}">
      ${hidden('flow', step.flow)}
      <div class="identity"><span id="displayName" title="${userName}">${userName}</span></div>
      <h1 id="kmsiTitle">Stay signed in?</h1>
      <p id="KmsiDescription">Do this to reduce the number of times you are asked to sign in.</p>
      <label
        ><input type="checkbox" id="KmsiCheckboxField" name="DontShowAgain" value="true" /> Don't show this again</label
      >
      <div class="buttons">
        <input type="submit" id="idBtn_Back" name="stay" value="No" />
        <input type="submit" id="idSIButton9" class="primary" name="stay" value="Yes" autofocus />
      </div>
    </form>`,
  )
}

export function pickAccountPage(step: Step, accounts: readonly { userName: string; name: string }[]): Html {
  return page(
    'Sign in to your account',
    'ConvergedSignIn',
    html`<form method="post" action="${step.action}">
      ${hidden('flow', step.flow)}
      <h1 id="loginHeader">Pick an account</h1>
      <ul class="tiles">
        ${accounts.map(
          ({ userName, name }) =>
            html`<li>
              <button
                type="submit"
                name="account"
                value="${userName}"
                data-test-id="${userName}"
                aria-label="Sign in with ${userName} work or school account."
              >
                <strong>${name}</strong><br />${userName}<br /><small>Signed in</small>
              </button>
            </li>`,
        )}
        <li><button type="submit" id="otherTile" name="account" value="">Use another account</button></li>
      </ul>
    </form>`,
  )
}

/** Sends the browser back to the application with a POST, as `response_mode=form_post` asks. */
export function formPostPage(redirectUri: string, fields: Readonly<Record<string, string>>): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Working...</title>
      </head>
      <body>
        <form method="post" action="${redirectUri}">
          ${Object.entries(fields).map(([name, value]) => hidden(name, value))}
          <noscript><button type="submit">Continue</button></noscript>
        </form>
        ${raw(`<script>${submitScript}</script>`)}
      </body>
    </html>`
}

export function signedOutPage(): Html {
  return page(
    'Sign out',
    'SignOut',
    html`<h1 id="login_workload_logo_text">You signed out of your account</h1>
      <p>It's a good idea to close all browser windows.</p>`,
  )
}

export function troublePage(description: string): Html {
  return page(
    'Sign in to your account',
    'ConvergedError',
    html`<h1>Sign in</h1>
      <p>Sorry, but we're having trouble signing you in.</p>
      <p id="exceptionMessageContainer" class="error">${description}</p>`,
  )
}

function hidden(name: string, value: string) {
  return html`<input type="hidden" name="${name}" value="${value}" />`
}

function alert(id: string, message: string) {
  return message && html`<div id="${id}" class="error" role="alert" aria-live="assertive">${message}</div>`
}

function page(title: string, pageId: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="PageID" content="${pageId}" />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <p class="brand">Verbatim Sandbox</p>
          ${content}
        </main>
        <footer>
          This is the Verbatim sandbox on your own machine, not Microsoft Entra. Use only the account it printed.
        </footer>
      </body>
    </html>`
}

const style = `
  * { box-sizing: border-box }
  body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; justify-content: center;
    gap: 16px; padding: 16px; background: #eef1f6; color: #1b1b1b; font: 15px/1.4 'Segoe UI', system-ui, sans-serif }
  main { width: 100%; max-width: 440px; min-height: 338px; padding: 44px; background: #fff; box-shadow: 0 2px 6px rgb(0 0 0 / 20%) }
  .brand { margin: 0 0 16px; font-weight: 600; color: #4a5568 }
  h1 { margin: 16px 0 12px; font-size: 24px; font-weight: 600 }
  input[type=email], input[type=password], input[type=tel] { width: 100%; height: 36px; padding: 6px 0; border: 0; border-bottom: 1px solid #666; font: inherit }
  input[type=email]:focus, input[type=password]:focus, input[type=tel]:focus { outline: 0; border-bottom: 2px solid #0f548c }
  .error { margin: 8px 0; color: #b10e1c; overflow-wrap: anywhere }
  .buttons { display: flex; justify-content: flex-end; gap: 8px; margin-top: 32px }
  .buttons input { min-width: 108px; min-height: 32px; padding: 4px 12px; border: 0; background: #ccc; font: inherit; cursor: pointer }
  .buttons .primary { background: #0f548c; color: #fff }
  .identity { display: flex; align-items: center; gap: 8px }
  .identity button { border: 0; background: none; font-size: 18px; cursor: pointer }
  .link { margin-top: 16px; padding: 0; border: 0; background: none; color: #0f548c; font: inherit; cursor: pointer }
  .tiles { margin: 0 -44px; padding: 0; list-style: none }
  .tiles button { width: 100%; padding: 12px 44px; border: 0; background: none; font: inherit; text-align: left; cursor: pointer }
  .tiles button:hover { background: #e6e6e6 }
  footer { max-width: 440px; font-size: 13px; color: #4a5568; text-align: center }
`
