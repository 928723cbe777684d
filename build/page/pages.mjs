// Tests the pages in headless Chromium: every page that a role reaches from its start is accessible in light on a phone
// and in dark on a desk (with PAYDOWN_LONG=1 in all four), fits the width, says nothing on the console and is valid HTML;
// and a borrower reports a payment by keyboard alone without scripts. Screenshots are written to artifacts/pages; with
// PAYDOWN_REWRITE=1 those of the README, too. Usage: node pages.mjs ADDRESS, of a server with the demo lender.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const address = process.argv[2];
const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "artifacts/pages");
const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const password = "Password@1";
const isLong = process.env.PAYDOWN_LONG === "1";
// Borrowers have phones, officers desks; the other width is looked at in the dark. Colours do not depend on the width, nor
// the layout on the colours, so all four are for PAYDOWN_LONG=1.
function looksOf(role) {
  const [mine, other] = role === "manager" || role === "cashier" ? [1280, 360] : [360, 1280];
  const looks = [["light", mine], ["dark", other]];
  return isLong ? [...looks, ["dark", mine], ["light", other]] : looks;
}

const sizes = { 360: { width: 360, height: 740 }, 1280: { width: 1280, height: 800 } };

// The manager goes first, and so reaches most pages; a cashier sees fewer acts on some of them.
const roles = [
  { name: "visitor", start: ["/sign-in", "/register", "/forgot", "/reset?token=x", "/invitation", "/confirm-email"] },
  { name: "borrower", email: "customer@demo.example", start: ["/home", "/me"], each: 2, without: ["/office"] },
  { name: "manager", email: "manager@demo.example", start: ["/office", "/me"], each: isLong ? 2 : 1, without: ["/repayments"] },
  { name: "cashier", email: "cashier@demo.example", start: ["/office"], each: 1, without: ["/office/settings"] },
];

// Shown at the top of the README: file, role, the shape of the page, width.
const readme = [
  { file: "home.png", role: "borrower", shape: "/home", width: 360 },
  { file: "office.png", role: "manager", shape: "/office", width: 1280 },
];

const faults = [];
const files = new Map();
let pages = 0;
let downloads = 0;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});

function watch(page, role) {
  const at = () => `${role} ${new URL(page.url()).pathname}`;
  // Chromium's advice on forms with passwords is not about a fault.
  page.on("console", (message) => {
    if (!message.text().startsWith("[DOM]") && !isExpected(message, role))
      faults.push(`${at()}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${at()}: script: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(address + "/") && !request.url().startsWith("data:"))
      faults.push(`${at()}: loads ${request.url()}`);
  });
}

// The console names every answer of 400 and more; the pages of refusals are such answers.
const isExpected = (message, role) => /status of (403|404|422)/.test(message.text()) && refused.has(role);
const refused = new Set();

const shapeOf = (path) =>
  path
    .split("?")[0]
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replace(/\/transfers\/[^/]+/, "/transfers/REFERENCE")
    .replace(/\/ledger\/[^/]+/, "/ledger/ACCOUNT");

const fileOf = (role, shape) => `${role}${shape.replaceAll("/", "-")}`;

async function signIn(context, email) {
  const page = await context.newPage();
  await page.goto(address + "/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  return page;
}

// Axe, the width, and pictures of the page that is shown: in all looks the first time, in one of them again with other
// data or as another role.
async function inspect(page, role, shape, isFirst) {
  await page.evaluate(axe);
  const looks = looksOf(role);
  for (const look of isFirst || isLong ? looks : [looks[0]]) {
    const [colorScheme, width] = look;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize(sizes[width]);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, nodes } of violations)
      for (const node of nodes.slice(0, 3))
        faults.push(`${role} ${shape} ${colorScheme} ${width}: axe: ${id}: ${node.html.slice(0, 200)}`);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (over > 0) faults.push(`${role} ${shape} ${width}: is ${over} pixels too wide`);
    if (isFirst && look === looks[0])
      await page.screenshot({ path: join(folder, `${fileOf(role, shape)}-${width}.png`), fullPage: true });
    for (const picture of readme) {
      const isIt = picture.role === role && picture.shape === shape && picture.width === width && isFirst;
      if (isIt && colorScheme === "light" && process.env.PAYDOWN_REWRITE === "1")
        await page.screenshot({ path: join(root, "docs/pages", picture.file) });
    }
  }
}

async function keep(name, html) {
  files.set(name, html);
  await writeFile(join(folder, "html", `${name}.html`), html);
}

// Opens a page, inspects it, and returns the addresses that it leads to.
async function visit(context, page, role, path, isFirst) {
  const answer = await context.request.get(address + path, { headers: { Accept: "text/html" }, maxRedirects: 0 });
  if (answer.status() === 303 || answer.status() === 302) return [answer.headers().location];
  if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) {
    downloads++;
    if (answer.status() !== 200) faults.push(`${role} ${path}: ${answer.status()}`);
    return [];
  }
  if (answer.status() !== 200) faults.push(`${role} ${path}: ${answer.status()}`);
  const shape = shapeOf(path);
  if (isFirst) await keep(fileOf(role, shape), await answer.text());
  await page.goto(address + path);
  await inspect(page, role, shape, isFirst);
  pages++;
  return page.$$eval("main a[href^='/'], nav a[href^='/'], header a[href^='/']", (links) =>
    links.map((link) => link.getAttribute("href")),
  );
}

async function walk({ name: role, email, start, each = 1, without = [] }) {
  const context = await browser.newContext({ viewport: sizes[360] });
  const page = email ? await signIn(context, email) : await context.newPage();
  watch(page, role);
  const todo = [...start];
  const seen = new Set();
  const shapes = new Map();
  while (todo.length > 0) {
    const path = todo.shift().split("#")[0];
    const shape = shapeOf(path);
    const count = shapes.get(shape) ?? 0;
    if (seen.has(path) || count >= each || path.startsWith("/docs") || path.startsWith("/assets")) continue;
    seen.add(path);
    shapes.set(shape, count + 1);
    // A cashier sees the pages of a manager with fewer acts.
    const links = await visit(context, page, role, path, count === 0 && role !== "cashier");
    todo.push(...links.filter((link) => link.startsWith("/")));
  }
  await inspectRefusals(page, role, without);
  await context.close();
  return shapes;
}

// The page of nothing, a page of another role, and a form with mistakes.
async function inspectRefusals(page, role, without) {
  refused.add(role);
  for (const path of ["/nothing", ...without]) {
    const answer = await page.goto(address + path);
    assert.ok([403, 404].includes(answer.status()), `${role} ${path}: ${answer.status()}`);
    await keep(fileOf(role, `/refused${path}`), await answer.text());
    await inspect(page, role, `/refused${path}`, path === "/nothing" && role === "visitor");
  }
  if (role === "visitor") {
    for (const path of ["/sign-in", "/register"]) {
      await page.goto(address + path);
      const [answer] = await Promise.all([page.waitForNavigation(), page.locator("main form button").click()]);
      assert.equal(answer.status(), 422);
      await keep(fileOf(role, `/mistakes${path}`), await answer.text());
      await inspect(page, role, `/mistakes${path}`, true);
      const focused = await page.evaluate(() => document.activeElement.id);
      assert.equal(focused, "errors", "what is wrong is read first");
    }
  }
  refused.delete(role);
}

// Moves along the page by Tab until a control with this text has the focus.
async function tabTo(page, text) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    const name = await page.locator(":focus").evaluate((one) => {
      const label = one.id ? document.querySelector(`label[for="${one.id}"]`) : null;
      return (label ?? one).textContent.trim();
    }).catch(() => "");
    if (name.startsWith(text)) return;
  }
  assert.fail(`Tab does not reach "${text}" on ${page.url()}`);
}

async function pressAndGo(page, key = "Enter") {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
}

// By keyboard alone; with scripts and without.
async function reportByKeyboard(javaScriptEnabled) {
  const context = await browser.newContext({ javaScriptEnabled, viewport: sizes[360] });
  const page = await context.newPage();
  watch(page, "keyboard");
  await page.goto(address + "/");
  await tabTo(page, "E-mail address");
  await page.keyboard.type("customer@demo.example");
  await tabTo(page, "Password");
  await page.keyboard.type(password);
  await pressAndGo(page);
  assert.equal(new URL(page.url()).pathname, "/home");
  await tabTo(page, "I have paid");
  await pressAndGo(page);
  await tabTo(page, "Amount");
  await page.keyboard.press("Control+A");
  await page.keyboard.type(javaScriptEnabled ? "1.50" : "2.50");
  await tabTo(page, "Next: check it");
  await pressAndGo(page);
  assert.equal(await page.locator("h1").textContent(), "Check your report");
  await tabTo(page, "Send the report");
  await pressAndGo(page);
  const shown = await page.locator("main").textContent();
  assert.match(new URL(page.url()).pathname, /^\/repayments\/[0-9a-f-]{36}$/, `the result has no address: ${shown}`);
  const heading = await page.locator("h1").textContent();
  assert.ok(heading.includes(javaScriptEnabled ? "1.50" : "2.50"), heading);
  await page.reload();
  assert.equal(await page.locator("h1").textContent(), heading, "the result can be opened again");
  await tabTo(page, "Sign out");
  await pressAndGo(page);
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await context.close();
}

// The checker of the W3C.
async function validate() {
  const jar = require.resolve("vnu-jar/build/dist/vnu.jar");
  const html = join(folder, "html");
  const run = promisify(execFile)("java", ["-Xss2m", "-jar", jar, "--errors-only", "--format", "json", html], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const { stderr } = await run.catch((failed) => failed);
  const { messages } = JSON.parse(stderr);
  for (const { url, lastLine, message, extract } of messages)
    faults.push(`${url.split("/").at(-1)}:${lastLine}: HTML: ${message} ${(extract ?? "").slice(0, 160)}`);
}

try {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "html"), { recursive: true });
  await mkdir(join(root, "docs/pages"), { recursive: true });
  const began = Date.now();
  const shapes = new Map();
  await Promise.all(roles.map(async (role) => shapes.set(role.name, await walk(role))));
  for (const [name, seen] of shapes) console.log(`${name}: ${[...seen.keys()].toSorted().join(" ")}`);
  await reportByKeyboard(true);
  await reportByKeyboard(false);
  await validate();
  assert.deepEqual([...new Set(faults)], [], "the pages have faults");
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(
    `${pages} pages and ${downloads} files in ${seconds} s: axe finds no violation, the console is silent, ` +
      `${files.size} documents are valid HTML; a payment is reported by keyboard, without scripts too.`,
  );
} finally {
  await browser.close();
}
