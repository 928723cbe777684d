using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Paydown.Server.Demo;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Bench;

/// <summary>
/// Every paged list, its first page and one in the middle, for an organisation with 1,000 rows of everything and one
/// with 1,000,000. The cost of a page must depend on its size, not on the list's.
/// </summary>
public static class ListsBench
{
    private const double TimesMax = 1.5;
    private const int Size = 10;

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        int[] counts = [1_000, stage.Rows ?? (stage.IsQuick ? 20_000 : 1_000_000)];
        var sides = new List<ListSide>();
        try
        {
            foreach (var count in counts)
                sides.Add(await ListSide.OpenAsync(stage, count));
            var results = new List<BenchCase>();
            foreach (var list in Lists)
            {
                foreach (var isDeep in new[] { false, true })
                {
                    var name = $"{list.Name}, {(isDeep ? "in the middle" : "first page")}";
                    if (isDeep && list.MiddleKey is null)
                        continue;
                    var figures = await MeasureAsync(stage, sides, list, isDeep);
                    results.Add(BenchCase.AtMost(name, figures[1], figures[0], TimesMax));
                }
            }

            return results;
        }
        finally
        {
            foreach (var side in sides)
                await side.DisposeAsync();
        }
    }

    private const string Repayments = "admin/repayments/list";
    private const string Time = "recorded_at, repayment_id";
    private const string Pending = "from pending_repayment";

    private static readonly string OfVerified = "from repayment_standing where status = 'VERIFIED'";
    private static readonly string OfRejected = "from repayment_standing where status <> 'VERIFIED'";
    private static readonly string Own = $"where customer_id = '{ListRows.CustomerId}'";
    private static readonly string Application = "from loan_application where status =";

    // Each list selects the key of its middle record from the rows of ListRows.
    private static IReadOnlyList<MeasuredList> Lists { get; } =
    [
        new("repayments", Repayments, $"{Time} {OfVerified}"),
        new("repayments pending", $"{Repayments}?status=PENDING_VERIFICATION", $"{Time} {Pending}"),
        new(
            "repayments pending, oldest",
            $"{Repayments}?status=PENDING_VERIFICATION&order=OLDEST_FIRST",
            $"{Time} {Pending}"
        ),
        new("repayments verified", $"{Repayments}?status=VERIFIED", $"{Time} {OfVerified}"),
        new("repayments rejected", $"{Repayments}?status=REJECTED", $"{Time} {OfRejected}"),
        new("repayments until a day", $"{Repayments}?endDate={{middle}}", $"{Time} {OfVerified}"),
        new("repayments by amount", $"{Repayments}?amount=12.34", null),
        new("repayments by amount, pending", $"{Repayments}?amount=12.40&status=PENDING_VERIFICATION", null),
        new("repayments by customer", $"{Repayments}?customerId={ListRows.UsualCustomerId}", null),
        new("repayments by account", $"{Repayments}?accountId={ListRows.LoanId}", null),
        new("repayments by application", $"{Repayments}?loanApplicationId={ListRows.ApplicationId}", null),
        new("repayments by reference", $"{Repayments}?reference={ListRows.Reference}", null),
        new("repayments by another reference", $"{Repayments}?reference=loan+500", null),
        new("repayments by bank account", $"{Repayments}?bankAccountNumber=0000000001", null),
        new("repayments by name", $"{Repayments}?search=c77@bench", null),
        new("customers", "admin/customers", "id from app_user where role = 'CUSTOMER'"),
        new("customers by a common name", "admin/customers?search=ada", "id from app_user where role = 'CUSTOMER'"),
        new("customers by one e-mail", "admin/customers?search=c77@bench", null),
        new("applications", "admin/loan-applications", "id from loan_application"),
        new("applications requested", "admin/loan-applications?status=REQUESTED", $"id {Application} 'REQUESTED'"),
        new("applications offered", "admin/loan-applications?status=OFFER_SENT", $"id {Application} 'OFFER_SENT'"),
        new("applications expired", "admin/loan-applications?status=EXPIRED", $"id {Application} 'OFFER_SENT'"),
        new("applications disbursed", "admin/loan-applications?status=DISBURSED", $"id {Application} 'DISBURSED'"),
        new("applications paid off", "admin/loan-applications?status=PAID_OFF", $"id {Application} 'DISBURSED'"),
        new("audit trail", "admin/audit", "recorded_at, id from audit_entry"),
        new("audit trail by action", "admin/audit?action=WAIVED", "recorded_at, id from audit_entry"),
        new(
            "audit trail by actor",
            $"admin/audit?actorId={ListRows.UsualCustomerId}",
            "recorded_at, id from audit_entry"
        ),
        new("audit trail by subject", $"admin/audit?subjectId={ListRows.LoanId}", null),
        new("API tokens", "admin/api-tokens", "id from api_token"),
        new("products", "admin/loan-products", "name, id from loan_product"),
        new(
            "a customer's repayments",
            $"user/list-customer-repayments/{ListRows.CustomerId}?page=1",
            $"id from repayment {Own}"
        ),
        new(
            "a customer's rejected repayments",
            $"user/list-customer-repayments/{ListRows.CustomerId}?status=REJECTED&page=1",
            $"id from repayment {Own}"
        ),
        new(
            "a customer's paid repayments",
            $"user/repaid-transactions/{ListRows.CustomerId}?page=1",
            $"id from repayment {Own}"
        ),
        new("a customer's wallet", $"user/wallet-history/{ListRows.CustomerId}", $"sequence from wallet_entry {Own}"),
        new("a customer's transfers", $"user/transfer-history/{ListRows.CustomerId}", $"id from wallet_transfer {Own}"),
        new(
            "a customer's loans",
            $"user/get-loan-history/{ListRows.BorrowerId}",
            $"id from loan_account where customer_id = '{ListRows.BorrowerId}'"
        ),
        new("installments to pay", $"user/pending-repayments/{ListRows.UsualCustomerId}", null, IsCustomers: true),
    ];

    // The sides take turns, a few requests each.
    private static async Task<Side[]> MeasureAsync(Stage stage, List<ListSide> sides, MeasuredList list, bool isDeep)
    {
        var requests = new List<Func<Task<double>>>();
        foreach (var side in sides)
            requests.Add(await side.PrepareAsync(list, isDeep, Size));
        var times = sides.Select(_ => new List<double>()).ToArray();
        for (var round = -1; round < stage.Rounds; round++)
        {
            for (var side = 0; side < sides.Count; side++)
            {
                var some = new List<double>();
                for (var i = 0; i < (stage.IsQuick ? 3 : 25); i++)
                    some.Add(await requests[side]());
                // The first round warms up.
                if (round >= 0)
                    times[side].Add(Side.Of(some, "ms").Median);
            }
        }

        return [.. times.Select(some => Side.Of(some, "ms"))];
    }
}

/// <summary>A list that is measured.</summary>
/// <param name="Name">The name to print.</param>
/// <param name="Path">The path below services/. {middle} is the recording time of the middle record.</param>
/// <param name="MiddleKey">
/// SQL that selects the list's sort key from its rows, in its order; null if the filter makes the list short.
/// </param>
/// <param name="IsCustomers">True if only the customer may read the list.</param>
internal sealed record MeasuredList(string Name, string Path, string? MiddleKey, bool IsCustomers = false);

/// <summary>A server with an organisation that has a given number of rows of everything.</summary>
internal sealed class ListSide : IAsyncDisposable
{
    private readonly BenchDatabase database;
    private readonly ServerProcess server;
    private readonly Orders orders;
    private readonly HttpClient client;

    private ListSide(BenchDatabase database, ServerProcess server, Orders orders)
    {
        (this.database, this.server, this.orders) = (database, server, orders);
        client = new HttpClient { BaseAddress = new Uri(server.Url + "/api/v6/services/") };
    }

    public static async Task<ListSide> OpenAsync(Stage stage, int count)
    {
        var clock = Stopwatch.StartNew();
        var filled = await stage.CreateDatabaseAsync(500);
        await using (var connection = await filled.Source.OpenConnectionAsync())
            await new ListRows(connection, count).AddAsync(DemoProducts.Salary);
        await Console.Out.WriteLineAsync($"  {count:N0} rows of everything in {clock.Elapsed.TotalSeconds:0} s");
        var tokens = await Orders.OpenAsync(stage, filled);
        return new ListSide(filled, await filled.StartPaydownAsync(), tokens);
    }

    /// <summary>Prepares a request that can be sent repeatedly and returns its time in milliseconds.</summary>
    public async Task<Func<Task<double>>> PrepareAsync(MeasuredList list, bool isDeep, int size)
    {
        var path = list.Path;
        if (path.Contains("{middle}", StringComparison.Ordinal))
        {
            var middle = ((DateTime)(await MiddleAsync("recorded_at from repayment_standing"))[0]).ToString(
                "yyyy-MM-dd'T'HH:mm:ss'Z'",
                CultureInfo.InvariantCulture
            );
            path = path.Replace("{middle}", middle, StringComparison.Ordinal);
        }

        path += $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}size={size}";
        var customerId = list.Path.Contains($"{ListRows.UsualCustomerId}", StringComparison.Ordinal)
            ? ListRows.UsualCustomerId
            : ListRows.CustomerId;
        var token = list.IsCustomers
            ? orders.TokenOf(customerId.AsUser, Role.Customer, ListRows.OrganisationId)
            : orders.TokenOf(ListRows.ManagerId, Role.Manager, ListRows.OrganisationId);
        if (isDeep)
        {
            var page = JsonDocument.Parse(await SendAsync(path, token)).RootElement.GetProperty("page");
            var next = page.TryGetProperty("next", out var cursor)
                ? cursor.GetString()
                : throw new BenchException($"{list.Name}: the first page of {size} is the last one.");
            // The cursor that the server would return for the middle record.
            var binding = Base64Url.DecodeFromChars(next)[1..9];
            var key = new PageKey(await MiddleAsync(list.MiddleKey!)).Write(binding, 1_000, Paging.TotalMax, false);
            path += $"&after={key}";
        }

        return async () =>
        {
            var clock = Stopwatch.StartNew();
            await SendAsync(path, token);
            return clock.Elapsed.TotalMilliseconds;
        };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await database.DisposeAsync();
    }

    private async Task<byte[]> SendAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Auth-Token", token);
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "127.0.0.1");
        request.Headers.Add("x-fapi-interaction-id", "bench-lists");
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode
            ? body
            : throw new BenchException($"{path}: {(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
    }

    // The sort key of the middle record, in the order of its columns.
    private async Task<object[]> MiddleAsync(string rows)
    {
        var columns = rows[..rows.IndexOf(" from ", StringComparison.Ordinal)];
        var source = rows[rows.IndexOf("from ", StringComparison.Ordinal)..];
        await using var command = database.Source.CreateCommand(
            $"select {rows} order by {columns} offset (select count(*) / 2 {source}) limit 1"
        );
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var key = new object[reader.FieldCount];
        reader.GetValues(key);
        return
        [
            .. key.Select(part =>
                part is DateTime at && columns.Contains(',', StringComparison.Ordinal) ? new DateTimeOffset(at) : part
            ),
        ];
    }
}
