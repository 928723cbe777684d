// Tests whole journeys in headless Chromium: a repayment from the report to the receipt, an offer to its payout, a bank
// statement to the last unidentified amount, a product from its settings to a new version, and two officers who decide
// at once. Some are by keyboard alone on a phone without scripts: a verification, a rejection, an application and its
// offer, and an assignment. Usage: node journeys.mjs ADDRESS, of a fresh server with the demo lender.
import assert from "node:assert/strict";
import { writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const address = process.argv[2];
const password = "Password@1";
const folder = await mkdtemp(join(tmpdir(), "paydown-journeys-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu"],
});

async function signIn(email, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(address + "/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await submit(page, page.getByRole("button", { name: "Sign in" }));
  return page;
}

const submit = (page, button) => Promise.all([page.waitForNavigation(), button.click()]);
const text = async (page) => (await page.locator("main").textContent()).replace(/\s+/g, " ");

async function shouldShow(page, ...words) {
  const shown = await text(page);
  for (const word of words) assert.ok(shown.includes(word), `${page.url()} shows "${word}", not: ${shown.slice(0, 600)}`);
}

async function report(borrower, amount) {
  await borrower.goto(address + "/home");
  await submit(borrower, borrower.getByRole("link", { name: "I have paid" }).first());
  await borrower.getByLabel("Amount in NGN").fill(amount);
  await submit(borrower, borrower.getByRole("button", { name: "Next: check it" }));
  await shouldShow(borrower, "Check your report");
  await submit(borrower, borrower.getByRole("button", { name: "Send the report" }));
  await shouldShow(borrower, "Being checked");
  return borrower.url().split("/").pop();
}

// On a phone, without scripts: what is pressed there are keys only.
const phone = { javaScriptEnabled: false, viewport: { width: 360, height: 740 } };

// Tabs until what has the focus says the words.
async function tabTo(page, words) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    const focus = page.locator(":focus");
    if ((await focus.count()) === 0) continue;
    const name = await focus.evaluate((one) => (one.labels?.[0] ?? one).textContent.trim().replace(/\s+/g, " "));
    if (name.startsWith(words)) return;
  }
  assert.fail(`No Tab leads to "${words}" on ${page.url()}`);
}

const press = (page, key) => Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);

async function type(page, label, words) {
  await tabTo(page, label);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(words);
}

async function pressOn(page, words) {
  await tabTo(page, words);
  await press(page, "Enter");
}

async function verifyByKeyboard(officer, id, amount) {
  await officer.goto(`${address}/office/repayments/${id}`);
  await pressOn(officer, `Verify ${amount}`);
  await shouldShow(officer, "Done.", "Verified", "What it paid");
}

async function rejectByKeyboard(officer, id) {
  await officer.goto(`${address}/office/repayments/${id}`);
  await tabTo(officer, "The money has not arrived");
  await officer.keyboard.press("Enter");
  await pressOn(officer, "Reject the report");
  await shouldShow(officer, "Please correct this", "Say why; the customer reads it.");
  assert.equal(await officer.locator("main details[open]").count(), 1, "the refused form is open");
  if (process.env.PAYDOWN_LOOK) await officer.screenshot({ path: process.env.PAYDOWN_LOOK, fullPage: true });
  await tabTo(officer, "Say why; the customer reads it.");
  await officer.keyboard.press("Enter");
  await type(officer, "Reason", "No such transfer came.");
  await pressOn(officer, "Reject the report");
  await shouldShow(officer, "Done.", "Rejected", "No such transfer came.");
}

async function assignByKeyboard(officer, reference, amount) {
  await officer.goto(address + "/office");
  await tabTo(officer, "Menu");
  await officer.keyboard.press("Enter");
  await pressOn(officer, "Unidentified money");
  await pressOn(officer, "NGN 5,000.00");
  await tabTo(officer, "Assign it, or split it over several loans");
  await officer.keyboard.press("Enter");
  await type(officer, "Loans and amounts", `${reference} ${amount}`);
  await pressOn(officer, "Assign it");
}

// From the products to the loan; the rules approve it, so the offer is there at once.
async function borrowByKeyboard(applicant) {
  await pressOn(applicant, "Borrow");
  await pressOn(applicant, "Apply for Salary Loan");
  await type(applicant, "Amount in NGN", "60,000");
  await type(applicant, "Duration in months", "6");
  await type(applicant, "Bank verification number (BVN)", "22345678902");
  await tabTo(applicant, "Work");
  await applicant.keyboard.type("Employed");
  await type(applicant, "Income a month in NGN", "2500000");
  await pressOn(applicant, "Apply");
  await shouldShow(applicant, "Our offer", "APR");
  await pressOn(applicant, "Accept the offer");
  await pressOn(applicant, "Accept the terms");
  await shouldShow(applicant, "Disbursed");
}

const borrower = await signIn("customer@demo.example");
const cashier = await signIn("cashier@demo.example");
const manager = await signIn("manager@demo.example");
const keyboard = await signIn("cashier2@demo.example", phone);

// A repayment: reported, verified, and its receipt.
const repayment = await report(borrower, "1,234.50");
await cashier.goto(`${address}/office/repayments/${repayment}`);
await shouldShow(cashier, "NGN 1,234.50", "What it would pay", "Owed after it");
await submit(cashier, cashier.getByRole("button", { name: "Verify NGN 1,234.50" }));
await shouldShow(cashier, "Done.", "Verified", "What it paid");
await borrower.reload();
await shouldShow(borrower, "Received", "What it paid");
const [receipt] = await Promise.all([
  borrower.waitForEvent("download"),
  borrower.getByRole("link", { name: "Receipt (PDF)" }).click(),
]);
assert.match(receipt.suggestedFilename(), /^receipt.*\.pdf$/);

// A report that is rejected by keyboard alone, without scripts: refused without a reason, the fold is open and the error
// leads into it.
await rejectByKeyboard(keyboard, await report(borrower, "77.00"));
await verifyByKeyboard(keyboard, await report(borrower, "88.00"), "NGN 88.00");

// Two officers at once: one decision counts, and the other officer sees why not.
const contested = await report(borrower, "99.00");
const officers = [cashier, manager];
for (const officer of officers) await officer.goto(`${address}/office/repayments/${contested}`);
await Promise.all(officers.map((officer) => submit(officer, officer.getByRole("button", { name: "Verify NGN 99.00" }))));
const outcomes = await Promise.all(officers.map(text));
assert.equal(outcomes.filter((shown) => shown.includes("Done.")).length, 1, outcomes.join("\n"));
assert.equal(outcomes.filter((shown) => shown.includes("That was not possible")).length, 1, outcomes.join("\n"));
await borrower.goto(`${address}/repayments/${contested}`);
await shouldShow(borrower, "Received");

// An offer: accepted, its terms, and the money in the wallet.
await borrower.goto(address + "/home");
await submit(borrower, borrower.getByRole("link", { name: "See the offer" }));
await shouldShow(borrower, "Our offer", "APR");
await submit(borrower, borrower.getByRole("button", { name: "Accept the offer" }));
await submit(borrower, borrower.getByRole("button", { name: "Accept the terms" }));
const application = borrower.url().split("/").pop();
await manager.goto(`${address}/office/applications/${application}`);
const payout = manager.getByRole("button", { name: "Pay it out" });
if ((await payout.count()) > 0) await submit(manager, payout);
await shouldShow(manager, "Disbursed");
await borrower.goto(address + "/wallet");
await shouldShow(borrower, "Loan paid out to the wallet");

// A bank statement: one amount matches its report, an officer gives the other one its loan.
await report(borrower, "2500");
const file = join(folder, "statement.sta");
const lines = [
  ":20:STATEMENT",
  ":25:1000000018",
  ":28C:1/1",
  ":60F:C261101NGN1000000,00",
  ":61:2611011101C2500,00NTRFNONREF//B1",
  ":86:RF37DEMO000102 ADA EXAMPLE",
  ":61:2611011101C5000,00NTRFNONREF//B2",
  ":86:SCHOOL FEES",
  ":62F:C261101NGN1007500,00",
  "-",
];
const day = new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(2, 10).replaceAll("-", "");
const dated = lines.join("\r\n").replaceAll("261101", day).replaceAll("1101C", `${day.slice(2)}C`);
await writeFile(file, dated + "\r\n");
await cashier.goto(address + "/office/statements");
await cashier.getByLabel("File of the bank").setInputFiles(file);
await submit(cashier, cashier.getByRole("button", { name: "Import it" }));
await shouldShow(cashier, "Matched", "Unmatched");
await cashier.goto(address + "/office/money");
await shouldShow(cashier, "NGN 5,000.00", "SCHOOL FEES");
await assignByKeyboard(keyboard, "RF37 DEMO 0001 02", "5000.00");
await shouldShow(keyboard, "Done.", "Assigned");

// The customer borrows once more, by keyboard alone.
await borrowByKeyboard(await signIn("customer@demo.example", phone));

// A product: a loan of it is tried with another method, which makes no version; then it is changed.
await manager.goto(address + "/office/settings/products");
await submit(manager, manager.getByRole("link", { name: "Salary Loan" }));
await shouldShow(manager, "Version 1");
await manager.getByText("Schedule and interest").click();
await manager.getByLabel("Interest on", { exact: true }).selectOption({ label: "The original principal (flat)" });
await submit(manager, manager.getByRole("button", { name: "Show schedule" }));
await shouldShow(manager, "Version 1", "Interest in all", "APR", "installments:");
await manager.getByLabel("Description").fill("For people with a salary, now flat.");
await submit(manager, manager.getByRole("button", { name: "Make the new version" }));
await shouldShow(manager, "Done.", "Version 2", "flat");

await browser.close();
await rm(folder, { recursive: true });
console.log("A receipt, a payout, a statement and two officers at once: all as they should be.");
