// Runs the example against a server with the demo lender. Usage: node test.js ADDRESS
import assert from "node:assert/strict";
import { PaydownError } from "./client.js";
import {
  getInstructions,
  listBankAccounts,
  listDue,
  listRepayments,
  reportRepayment,
  signIn,
  type SignedInClient,
} from "./repay.js";

/** Sends each request, and loses the first response to a report, as a bad connection would. */
function losingOneReport(): (request: Request) => Promise<Response> {
  let isLost = false;
  return async (request) => {
    const response = await fetch(request);
    if (isLost || !request.url.includes("/repay-loan/")) return response;
    isLost = true;
    throw new TypeError("fetch failed");
  };
}

/** Not run: the compiler checks which headers a call must name. */
export async function headersOfCalls({ client, userId }: SignedInClient) {
  const path = "/api/v1/services/user/repayments/{id}/withdraw";
  // @ts-expect-error A write needs an idempotency key.
  await client.PUT(path, { params: { path: { id: userId } } });
  await client.PUT(path, { params: { path: { id: userId }, header: { "x-idempotency-key": "key" } } });
  await client.GET("/api/v1/services/user/list-products");
}

const address = process.argv[2];
assert(address !== undefined, "Usage: node test.js ADDRESS");
const borrower = await signIn(
  { address, customerIpAddress: "127.0.0.1", fetch: losingOneReport() },
  "customer@demo.example",
  "Password@1",
);

const due = await listDue(borrower);
const next = due.find((installment) => installment.loanApplicationId !== null);
assert(next !== undefined, "an installment is due");
const instructions = await getInstructions(borrower, next.loanApplicationId!);
const [bankAccount] = await listBankAccounts(borrower);
assert(bankAccount !== undefined, "the borrower has a bank account");

const before = await listRepayments(borrower);
const transfer = {
  key: crypto.randomUUID(),
  amount: 12.5,
  accountId: next.accountId,
  bankAccountId: bankAccount.accountId,
  reference: instructions.paymentReference,
};
const reported = await reportRepayment(borrower, transfer);
assert.equal(reported.verificationStatus, "PENDING_VERIFICATION");
assert.deepEqual(await reportRepayment(borrower, transfer), reported, "a repeated report gets the stored response");

const after = await listRepayments(borrower);
assert.equal(after.length, before.length + 1, "three attempts record one repayment");
assert.equal(after[0]?.id, reported.id);
assert.equal(after[0]?.repaymentAmount, 12.5);

await assert.rejects(
  reportRepayment(borrower, { ...transfer, key: crypto.randomUUID(), amount: instructions.totalPayable + 1 }),
  (error) => error instanceof PaydownError && error.code === "INVALID_AMOUNT",
);
console.log(`${due.length} installments due; a repayment reported once in three attempts, then listed.`);
