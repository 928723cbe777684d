// What an app does for a borrower: sign in, show what is due and where to send it, report the transfer, list repayments.
import { connect, dataOf, untilDecided, type ClientOptions, type PaydownClient } from "./client.js";

export interface SignedInClient {
  client: PaydownClient;
  userId: string;
}

/** Signs in a borrower. */
export async function signIn(
  options: Omit<ClientOptions, "token">,
  email: string,
  password: string,
): Promise<SignedInClient> {
  let accessToken: string | null = null;
  const client = connect({ ...options, token: () => accessToken });
  const session = dataOf(
    await client.PUT("/api/v1/services/securitymanagement/login", { body: { email, currentPassword: password } }),
  );
  accessToken = session.access_token;
  return { client, userId: session.user.id };
}

/** The unpaid installments of all loans, earliest due date first. */
export async function listDue({ client, userId }: SignedInClient) {
  return dataOf(
    await client.GET("/api/v1/services/user/pending-repayments/{user-id}", {
      params: { path: { "user-id": userId }, query: { size: 50 } },
    }),
  );
}

/** How to repay a loan: amount, account and reference. */
export async function getInstructions({ client }: SignedInClient, loanApplicationId: string) {
  return dataOf(
    await client.GET("/api/v1/services/user/repayment-instructions/{loan-application-id}", {
      params: { path: { "loan-application-id": loanApplicationId } },
    }),
  );
}

/** The borrower's own bank accounts. */
export async function listBankAccounts({ client, userId }: SignedInClient) {
  return dataOf(
    await client.GET("/api/v1/services/user/list-customer-bank-accounts/{customerId}", {
      params: { path: { customerId: userId } },
    }),
  );
}

export interface Transfer {
  /** Identifies the transfer. Store it before the first attempt, and it can be reported again after a crash. */
  key: string;
  amount: number;
  accountId: string;
  bankAccountId: string;
  reference: string;
}

/** Reports a transfer. Reporting it again with the same key records nothing more. */
export async function reportRepayment({ client, userId }: SignedInClient, transfer: Transfer) {
  return dataOf(
    await untilDecided(() =>
      client.POST("/api/v1/services/user/repay-loan/{user-id}", {
        params: { path: { "user-id": userId }, header: { "x-idempotency-key": transfer.key } },
        body: {
          customerId: userId,
          accountId: transfer.accountId,
          bankAccountId: transfer.bankAccountId,
          repaymentAmount: transfer.amount,
          repaymentReference: transfer.reference,
        },
      }),
    ),
  );
}

/** The latest repayments, newest first. */
export async function listRepayments({ client, userId }: SignedInClient) {
  return dataOf(
    await client.GET("/api/v1/services/user/list-customer-repayments/{customer-id}", {
      params: { path: { "customer-id": userId }, query: { page: 1, size: 50 } },
    }),
  );
}
