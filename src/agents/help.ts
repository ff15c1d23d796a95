/** What `mooring mcp --help` prints. */
export const MCP_HELP = `Usage: mooring mcp [options]

Serves the tools, resources and prompts of Mooring to a coding agent, by the Model Context Protocol over standard input and
output. The agent's program starts it; \`mooring setup\` says how.

It uses the server at --url or MOORING_URL; or the one on MOORING_DATA; or one that runs on this machine; or else it is the
server itself as long as it runs, on the data directory of your home, and other agents use it too.

Options:
  --project <id|path>  the project (default: that of MOORING_PROJECT_DIR, of CLAUDE_PROJECT_DIR or of the working directory,
                       or of a folder above it)
  --create             create the project when there is none
  --read-only          only tools that read
  --url <url>          address of the server
  -h, --help           print this
`;

/** Printed for a person who runs it by hand. */
export const MCP_IN_TERMINAL =
  'This speaks the Model Context Protocol to the program that starts it, such as Claude Code, Cursor or VS Code.\n' +
  'Set that up with `mooring setup`; end this with Ctrl-C.';
