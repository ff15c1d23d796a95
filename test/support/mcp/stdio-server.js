import { runStdio } from '../../../dist/src/mcp/stdio.js';

// An agent's server on standard input and output, for the server of the API at the URL. Run by tests.
const { url, ...options } = JSON.parse(process.argv[2]);
await runStdio({
  reach: async () => ({ url }),
  project: process.cwd(),
  mayCreate: false,
  isReadOnly: false,
  onFault: (error) => console.error(error),
  ...options,
});
