// Bank statements as a JavaScript team would read them: node bench.mjs LIBRARY FILE SECONDS
// LIBRARY: fast-xml-parser (camt.053, the document and then its entries), mt940js.
// Prints {"perSecond": …, "entries": …, "cents": …}: bytes per second, and what was read, to compare the sides.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);

const [library, file, seconds] = process.argv.slice(2);

// The fields that a statement's entry has, as text; amounts in cents.
function camt() {
  const { XMLParser } = require("fast-xml-parser");
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    isArray: (name) => name === "Ntry" || name === "TxDtls" || name === "Stmt" || name === "Ustrd",
  });
  return (bytes) => {
    const entries = [];
    for (const statement of parser.parse(bytes.toString("utf8")).Document.BkToCstmrStmt.Stmt)
      for (const entry of statement.Ntry) {
        const detail = entry.NtryDtls?.TxDtls?.[0];
        entries.push({
          cents: Math.round(Number(entry.Amt["#text"]) * 100) * (entry.CdtDbtInd === "CRDT" ? 1 : -1),
          bookedOn: entry.BookgDt.Dt,
          valueOn: entry.ValDt.Dt,
          bankReference: entry.AcctSvcrRef,
          endToEndId: detail?.Refs?.EndToEndId,
          name: detail?.RltdPties?.Dbtr?.Pty?.Nm,
          account: detail?.RltdPties?.DbtrAcct?.Id?.IBAN,
          text: detail?.RmtInf?.Ustrd?.join(" "),
        });
      }
    return entries;
  };
}

function mt940js() {
  const { Parser } = require("mt940js");
  return (bytes) =>
    new Parser().parse(bytes.toString("utf8")).flatMap((statement) =>
      statement.transactions.map((entry) => ({ cents: Math.round(entry.amount * 100) })),
    );
}

const read = { "fast-xml-parser": camt, mt940js }[library]();
const bytes = readFileSync(file);

async function measure(milliseconds) {
  const begun = performance.now();
  let count = 0, taken;
  do {
    await read(bytes);
    count++;
    taken = performance.now() - begun;
  } while (taken < milliseconds);
  return (count * bytes.length * 1000) / taken;
}

const entries = await read(bytes);
const cents = entries.reduce((sum, entry) => sum + entry.cents, 0);
console.log(
  JSON.stringify({ perSecond: await measure(Number(seconds) * 1000), entries: entries.length, cents }),
);
