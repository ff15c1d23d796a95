/** How all pages look: one column that a phone shows whole, in the colours of the system's theme. */
export const STYLE = `:root {
  color-scheme: light dark;
  --ground: #f6f7f9;
  --card: #ffffff;
  --text: #16202c;
  --quiet: #51606f;
  --line: #c3ccd6;
  --field: #7b8794;
  --accent: #0b5f8a;
  --on-accent: #ffffff;
  --bad: #a3201d;
  --bad-ground: #fdecea;
  --good: #14603a;
  --good-ground: #e6f4ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10161d;
    --card: #18212b;
    --text: #e8edf2;
    --quiet: #a9b6c3;
    --line: #33414f;
    --field: #7d8c9b;
    --accent: #6cc3ee;
    --on-accent: #08202d;
    --bad: #ffb0a8;
    --bad-ground: #3b1a1a;
    --good: #93e0b4;
    --good-ground: #12301f;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
main { max-width: 28rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
main.wide { max-width: 44rem; }
.brand { margin: 0 0 1.5rem; color: var(--quiet); font-weight: 600; letter-spacing: 0.02em; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 0 0 0.75rem; font-size: 1.15rem; line-height: 1.3; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
section > :last-child, .card > :last-child { margin-bottom: 0; }
section, .card {
  margin: 0 0 1.25rem;
  padding: 1.25rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 0.6rem;
}
form { margin: 0; }
form + *, ul + form, dl + form { margin-top: 1rem; }
label { display: block; margin: 0 0 0.25rem; font-weight: 600; }
input:not([type="checkbox"], [type="radio"], [type="hidden"]), select {
  display: block;
  width: 100%;
  min-height: 2.75rem;
  margin: 0 0 1rem;
  padding: 0.5rem 0.75rem;
  color: inherit;
  background: var(--card);
  border: 1px solid var(--field);
  border-radius: 0.4rem;
  font: inherit;
}
fieldset { margin: 0 0 1rem; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.4rem; }
legend { padding: 0 0.35rem; font-weight: 600; }
label.choice { display: flex; gap: 0.6rem; align-items: center; min-height: 2.75rem; margin: 0; font-weight: 400; }
label.choice input { flex: none; width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
label.choice > span { min-width: 0; overflow-wrap: anywhere; }
button, a.button {
  display: inline-block;
  min-height: 2.75rem;
  padding: 0.6rem 1.1rem;
  color: var(--on-accent);
  background: var(--accent);
  border: 1px solid var(--accent);
  border-radius: 0.4rem;
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}
button.secondary, a.button.secondary { color: var(--text); background: transparent; border-color: var(--field); }
button.danger { color: var(--bad); background: transparent; border-color: var(--bad); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }
.problem, .done { padding: 0.75rem 1rem; border-radius: 0.4rem; }
.problem { color: var(--bad); background: var(--bad-ground); }
.done { color: var(--good); background: var(--good-ground); }
.hint { color: var(--quiet); }
input + .hint { margin-top: -0.75rem; }
ul.list { margin: 0; padding: 0; list-style: none; }
ul.list > li { padding: 0.75rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
ul.list > li:first-child { border-top: 0; }
ul.list .actions { margin-top: 0.5rem; }
ul.codes { columns: 2; }
dl { margin: 0 0 1rem; }
dt { color: var(--quiet); }
dd { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
code.code { display: block; margin: 0 0 1rem; font-size: 1.75rem; letter-spacing: 0.1em; }
code.secret { display: block; margin: 0 0 1rem; padding: 0.75rem; background: var(--ground); border: 1px solid var(--line); border-radius: 0.4rem; }
`;
