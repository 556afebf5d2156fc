/** The document as a page that people read: plain HTML without scripts. */
import type { openApiDocument } from './openapi.js';

type Document = ReturnType<typeof openApiDocument>;

interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security?: unknown;
  readonly parameters?: readonly { name: string; in: string; required: boolean; description?: string }[];
  readonly requestBody?: { content: Record<string, { schema?: { $ref: string } }> };
  readonly responses: Record<string, { description: string; content: Record<string, { schema?: { $ref: string } }> }>;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replaceAll(/[&<>"]/g, (character) => escapes[character]);
// Text between backquotes is code.
const prose = (text: string) => escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

/** The page. */
export function referencePage({ info, paths, components }: Document): string {
  const sections = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => describe(path, method, operation as DescribedOperation)),
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="${name}"><summary>${name}</summary><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(info.title)}: the interface</title>
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="reference.css">
</head>
<body>
<main>
<h1>${escapeHtml(info.title)}</h1>
<p>${prose(info.description)}</p>
<p>For programs: <a href="openapi.json">openapi.json</a>, OpenAPI 3.1.</p>
${sections.join('\n')}
<h2>Schemas</h2>
${schemas.join('\n')}
</main>
</body>
</html>
`;
}

function describe(path: string, method: string, operation: DescribedOperation): string {
  const { operationId, summary, description, security, parameters = [], requestBody, responses } = operation;
  const rows = parameters.map(
    ({ name, in: place, required, description: text = '' }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${place}${required ? '' : ', optional'}</td><td>${prose(text)}</td></tr>`,
  );
  const answers = Object.entries(responses).map(
    ([status, { description: text, content }]) =>
      `<tr><td>${status}</td><td>${linkContent(content)}</td><td>${prose(text)}</td></tr>`,
  );
  return `<section id="${operationId}">
<h2><span class="method">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code></h2>
<p><strong>${prose(summary)}.</strong> ${prose(description)}</p>
${security ? '<p>Needs a token: <code>Authorization: Bearer …</code></p>' : ''}
${rows.length > 0 ? `<table><caption>Parameters</caption>${rows.join('')}</table>` : ''}
${requestBody ? `<p>Body: ${linkContent(requestBody.content)}</p>` : ''}
<table><caption>Answers</caption>${answers.join('')}</table>
</section>`;
}

function linkContent(content: Record<string, { schema?: { $ref: string } }>): string {
  return Object.entries(content)
    .map(([media, { schema }]) => {
      const name = schema?.$ref.split('/').at(-1);
      return name === undefined ? `<code>${media}</code>` : `<a href="#${name}">${name}</a>`;
    })
    .join(', ');
}

/** Its style. */
export const referenceStyle = `:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.1rem; overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
pre { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0.75rem 0; }
caption { text-align: left; font-weight: 600; }
td { border-top: 1px solid GrayText; padding: 0.35rem 0.75rem 0.35rem 0; vertical-align: top; }
summary { cursor: pointer; padding: 0.25rem 0; }
.method { font-weight: 700; }
`;
