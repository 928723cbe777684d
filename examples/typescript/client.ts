// A typed client of Paydown's API. Copy this file, and generate api.d.ts from your lender's server:
// npx openapi-typescript https://LENDER/openapi/v1.json --output api.d.ts
import { setTimeout as pause } from "node:timers/promises";
import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { components, paths } from "./api.js";

/** The headers that the middleware sends, so no call names them. */
type SentHeader = "x-fapi-auth-date" | "x-fapi-customer-ip-address" | "x-fapi-interaction-id";

type WithoutSentHeaders<Operation> = Operation extends { parameters: { header: infer Header } }
  ? Omit<Operation, "parameters"> & {
      parameters: Omit<Operation["parameters"], "header"> &
        (Exclude<keyof Header, SentHeader> extends never ? unknown : { header: Omit<Header, SentHeader> });
    }
  : Operation;

type Calls = {
  [Path in keyof paths]: { [Method in keyof paths[Path]]: WithoutSentHeaders<paths[Path][Method]> };
};

export type PaydownClient = Client<Calls, "application/json">;
export type Failure = components["schemas"]["Failure"];

export interface ClientOptions {
  /** The server's address, for example `https://lender.example`. */
  address: string;
  /** The address of the customer's device. */
  customerIpAddress: string;
  /** Returns the access token; null before the sign-in. */
  token: () => string | null;
  /** Sends requests; `fetch` if absent. */
  fetch?: (request: Request) => Promise<Response>;
}

/** A client whose every request has the token and the three `x-fapi-*` headers. */
export function connect({ address, customerIpAddress, token, fetch }: ClientOptions): PaydownClient {
  const headers: Middleware = {
    onRequest({ request }) {
      request.headers.set("x-fapi-auth-date", new Date().toISOString());
      request.headers.set("x-fapi-customer-ip-address", customerIpAddress);
      request.headers.set("x-fapi-interaction-id", crypto.randomUUID());
      const accessToken = token();
      if (accessToken !== null) request.headers.set("X-Auth-Token", accessToken);
    },
  };
  const client = createClient<Calls, "application/json">({ baseUrl: address, ...(fetch && { fetch }) });
  client.use(headers);
  return client;
}

/** A refusal. Decide on `code`, which never changes; show `message`. */
export class PaydownError extends Error {
  readonly code: string;

  constructor(readonly failure: Failure) {
    super(failure.message);
    this.code = failure.code;
  }
}

/** The `data` of a response; throws a PaydownError if the request was refused. */
export function dataOf<Data>(result: { data?: { data: Data }; error?: Failure }): Data {
  if (result.data === undefined) throw new PaydownError(result.error!);
  return result.data.data;
}

/**
 * Repeats a call until the server has decided on it. This is safe for reads, and for writes because each attempt sends
 * the same idempotency key: whichever attempt arrives first is carried out, and the others get its stored response.
 */
export async function untilDecided<Result extends { response: Response }>(
  call: () => Promise<Result>,
  attemptsMax = 5,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    let secondsToWait = 0.1 * 2 ** attempt;
    try {
      const result = await call();
      const retryAfter = result.response.headers.get("Retry-After");
      const isUndecided = retryAfter !== null || result.response.status >= 500;
      if (!isUndecided || attempt === attemptsMax) return result;
      secondsToWait = Math.max(secondsToWait, Number(retryAfter));
    } catch (error) {
      // The connection failed, so the server may have carried out the request or not.
      if (attempt === attemptsMax) throw error;
    }
    await pause(1000 * secondsToWait);
  }
}
