import { type Html, html } from './html.js';

/** A small page, which works without scripts. */
export interface Page {
  /** Its heading, and the title of its window. */
  readonly title: string;
  readonly body: Html;
  /** Where the browser goes on to by itself. Left out: nowhere. */
  readonly goesTo?: string | undefined;
  /** Whether it has more than a form. Left out: no. */
  readonly isWide?: boolean | undefined;
  /** Of the server's own scripts, those that it needs, such as `/pages/passkey.js`. */
  readonly scripts?: readonly string[] | undefined;
  /** Origins to which its forms may lead, besides the server. */
  readonly formsLeadTo?: readonly string[] | undefined;
}

/** The text of a page. */
export function rendered({ title, body, isWide = false, goesTo, scripts = [] }: Page): string {
  return `<!doctype html>${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">${
      goesTo !== undefined &&
      html`
<meta http-equiv="refresh" content="0; url=${goesTo}">`
    }
<title>${title} · Mooring</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/pages/style.css">
${scripts.map((script) => html`<script src="${script}" type="module"></script>`)}
</head>
<body>
<main${isWide && html` class="wide"`}>
<p class="brand">Mooring</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text
  }`;
}

/** Headers that keep a browser from running, loading or sending anything but what the server itself has, and from framing it. */
export function headersOfPage({ formsLeadTo = [] }: Pick<Page, 'formsLeadTo'>): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      `form-action ${["'self'", ...formsLeadTo].join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
  };
}
