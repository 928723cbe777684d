using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>The text after the start: addresses, demo sign-ins, and a first repayment to paste.</summary>
internal static class Welcome
{
    /// <summary>
    /// Writes the addresses. For the demo lender it first checks that the server answers, then writes the sign-ins and
    /// the first repayment, because what is pasted must work.
    /// </summary>
    public static async Task WriteAsync(
        TextWriter output,
        IReadOnlyList<string> urls,
        bool hasPages,
        bool isDemo,
        CancellationToken token
    )
    {
        var url = Reachable(urls[0]);
        if (isDemo)
            await CallAsync($"{url}/health/ready", token);
        await output.WriteLineAsync($"\nPaydown is listening on {string.Join(" and ", urls)}\n");
        if (hasPages)
            await output.WriteLineAsync($"  Pages               {url}/");
        if (isDemo)
            await output.WriteLineAsync(Demo.Replace("{url}", url, StringComparison.Ordinal));
        await output.FlushAsync(token);
    }

    private static async Task CallAsync(string address, CancellationToken token)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            using var answer = await client.GetAsync(new Uri(address), token);
            answer.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException exception)
        {
            throw new OperatingException(
                $"The server started, but {address} does not answer: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>An address that can be called. The wildcard addresses cannot.</summary>
    public static string Reachable(string url) =>
        url.Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal)
            .TrimEnd('/');

    private const string Demo = """
          API documentation   {url}/docs
          OpenAPI document    {url}/openapi/v1.json
          Readiness           {url}/health/ready

        Demo sign-ins, all with the password Password@1

          customer@demo.example   a borrower with five loans
          other@demo.example      another borrower
          cashier@demo.example    verifies repayments, like cashier2@demo.example
          manager@demo.example    has full access to the back office, like manager2@demo.example

        docs/journey.md has the whole life of a loan as commands.
        For a first repayment, paste this into another terminal:

        BASE={url}/api
        field() { grep -o "\"$1\": *\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }
        SIGN_IN=$(curl -s -X PUT "$BASE/v6/services/securitymanagement/login" \
          -H 'Content-Type: application/json' \
          -d '{"email":"customer@demo.example","currentPassword":"Password@1"}')
        TOKEN=$(echo "$SIGN_IN" | field access_token)
        USER_ID=$(echo "$SIGN_IN" | field id)
        call() { curl -s -H "X-Auth-Token: $TOKEN" -H "x-fapi-auth-date: $(date -u +%Y-%m-%dT%H:%M:%SZ)" \
          -H 'x-fapi-customer-ip-address: 127.0.0.1' -H "x-fapi-interaction-id: try-$(date +%s%N)" \
          -H "x-idempotency-key: try-$(date +%s%N)" -H 'Content-Type: application/json' "$@"; echo; }
        LOAN=$(call "$BASE/v1/services/user/manage-loans/$USER_ID" | tr '{' '\n' | grep '"accountState":"ACTIVE"' |
          grep '"isThirdPartyPayment":false' | grep '"loanApplicationId":"' | head -n 1)
        ACCOUNT_ID=$(echo "$LOAN" | field accountId)
        APPLICATION_ID=$(echo "$LOAN" | field loanApplicationId)
        BANK_ACCOUNT_ID=$(call "$BASE/v1/services/user/list-customer-bank-accounts/$USER_ID" | field accountId)
        INSTRUCTIONS=$(call "$BASE/v1/services/user/repayment-instructions/$APPLICATION_ID")
        echo "$INSTRUCTIONS"
        call -X POST "$BASE/v1/services/user/repay-loan/$USER_ID" -d "{\"repaymentAmount\":100,
          \"customerId\":\"$USER_ID\",\"accountId\":\"$ACCOUNT_ID\",\"bankAccountId\":\"$BANK_ACCOUNT_ID\",
          \"repaymentReference\":\"$(echo "$INSTRUCTIONS" | field paymentReference)\"}"

        Press Ctrl-C to stop the server and its database.
        """;
}
