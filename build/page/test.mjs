// Tests /docs in headless Chromium: each call is listed once, the tokens survive a reload but not the tab, nothing is
// loaded from elsewhere, and axe finds no violation. Usage: node test.mjs ADDRESS, of a server with the demo lender.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const address = process.argv[2];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const profile = await mkdtemp(join(tmpdir(), "paydown-page-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
  viewport: { width: 1280, height: 1600 },
});

const requested = [];
const errors = [];

async function open() {
  const page = await browser.newPage();
  page.on("request", (request) => requested.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(address + "/docs");
  await page.locator(".opblock-tag").first().waitFor();
  return page;
}

async function shouldBeAccessible(page, state) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document));
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  assert.deepEqual(found, [], `axe finds violations in the page with ${state}`);
}

// The groups are opened one by one, because only calls in sight are in the page.
async function listCalls(page) {
  const calls = [];
  for (const tag of await page.locator(".opblock-tag").evaluateAll((tags) => tags.map((one) => one.dataset.tag))) {
    const group = page.locator(`.opblock-tag[data-tag="${tag}"]`);
    await group.locator(".expand-operation").click();
    const section = page.locator(".opblock-tag-section", { has: group });
    await section.locator(".opblock").first().waitFor();
    calls.push(
      ...(await section.locator(".opblock").evaluateAll((blocks) =>
        blocks.map(
          (block) =>
            block.querySelector(".opblock-summary-method").textContent.toLowerCase() +
            " " +
            block.querySelector(".opblock-summary-path").dataset.path,
        ),
      )),
    );
    await group.locator(".expand-operation").click();
  }
  return calls;
}

async function describedCalls() {
  const { paths } = await (await fetch(address + "/openapi/v1.json")).json();
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => ["get", "put", "post", "delete", "patch"].includes(method))
      .map((method) => `${method} ${path}`),
  );
}

async function signIn() {
  const response = await fetch(address + "/api/v6/services/securitymanagement/login", {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "customer@demo.example", currentPassword: "Password@1" }),
  });
  return (await response.json()).data.access_token;
}

async function authorize(page, token) {
  await page.locator(".btn.authorize").first().click();
  await page.locator(".modal-ux input").first().waitFor();
  await shouldBeAccessible(page, "the dialog for tokens");
  await page.locator(".modal-ux input").first().fill(token);
  await page.locator(".modal-ux .authorize").first().click();
  await page.locator(".modal-ux h6").waitFor();
  await shouldBeAccessible(page, "a token in the dialog");
  await page.locator(".close-modal").click();
}

async function openCall(page, tag, path) {
  const call = page.locator(".opblock", { has: page.locator(`[data-path$="${path}"]`) }).first();
  if ((await call.count()) === 0) await page.locator(`.opblock-tag[data-tag="${tag}"] .expand-operation`).click();
  if ((await call.locator(".execute").count()) === 0) await call.locator(".opblock-summary-control").click();
  await call.locator(".execute").waitFor();
  return call;
}

// A call that needs nothing but the token.
async function callListProducts(page) {
  const call = await openCall(page, "Products", "/user/list-products");
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.url().endsWith("/user/list-products")),
    call.locator(".execute").click(),
  ]);
  await call.locator(".live-responses-table", { hasText: String(response.status()) }).waitFor();
  return response.status();
}

try {
  const page = await open();
  assert.equal(new URL(page.url()).pathname, "/docs/index.html", "/docs leads to the page");
  await shouldBeAccessible(page, "closed groups");

  const calls = await listCalls(page);
  assert.deepEqual(calls.toSorted(), (await describedCalls()).toSorted(), "the page lists the calls of the document");
  const versionless = calls.map((call) => call.replace(/\/v\d+\//, "/"));
  assert.equal(new Set(versionless).size, calls.length, "the page lists each call once, not once per version");

  await openCall(page, "Repayments", "/user/payoff-loan");
  await shouldBeAccessible(page, "a call with a body");
  assert.equal(await callListProducts(page), 401);
  await shouldBeAccessible(page, "a refused call");
  await authorize(page, await signIn());
  assert.equal(await callListProducts(page), 200);
  await shouldBeAccessible(page, "a call that succeeded");

  await page.reload();
  await page.locator(".btn.authorize.locked").first().waitFor();
  assert.equal(await callListProducts(page), 200, "the token survives a reload");
  assert.equal(await page.evaluate(() => localStorage.length), 0, "no token outlives the tab");
  const other = await open();
  await other.locator(".btn.authorize.unlocked").first().waitFor();
  assert.equal(await callListProducts(other), 401, "another tab has no token");

  const elsewhere = requested.filter((url) => !url.startsWith(address + "/") && !url.startsWith("data:"));
  assert.deepEqual(elsewhere, [], "the page loads nothing from elsewhere");
  assert.deepEqual(errors, [], "no script fails");
  console.log(`${calls.length} calls, each listed once; the token survives a reload; axe finds no violation.`);
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
}
