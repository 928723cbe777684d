using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Server.Commands;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;

namespace Paydown.Bench;

/// <summary>Writes orders for the load generator, with access tokens signed by the server's own code.</summary>
public sealed class Orders
{
    private readonly AccessTokens tokens;
    private readonly Ids ids = new(TimeProvider.System);
    private readonly string path;

    private Orders(AccessTokens tokens, string path) => (this.tokens, this.path) = (tokens, path);

    public static async Task<Orders> OpenAsync(Stage stage, BenchDatabase database)
    {
        var time = TimeProvider.System;
        var keys = new SigningKeys(time);
        var made = new Ids(time);
        var store = new SigningKeyStore(database.Source, time, made);
        await store.RotateIfDueAsync(default);
        keys.Replace(await store.LoadAsync(default));
        return new Orders(
            new AccessTokens(keys, new RevokedSessions(), time, made),
            Path.Combine(stage.Scratch, database.Name)
        );
    }

    /// <summary>Orders of customers, for repay-loan and list-customer-repayments.</summary>
    /// <returns>The path for the load generator, which reads one file per thread.</returns>
    public string OfCustomers(IReadOnlyList<int> numbers, int threads)
    {
        var lines = numbers
            .AsParallel()
            .AsOrdered()
            .Select(number =>
                string.Join(
                    '\t',
                    number,
                    TokenOf(PortfolioIds.Customer(number).AsUser, Role.Customer),
                    PortfolioIds.Customer(number),
                    PortfolioIds.Account(number),
                    PortfolioIds.BankAccount(number),
                    ReferenceOf(number)
                )
            );
        return Write([.. lines], threads, "customers");
    }

    /// <summary>The same order for every thread: all of them on one loan.</summary>
    public string OfOneCustomer(int number, int threads) =>
        OfCustomers([.. Enumerable.Repeat(number, threads)], threads);

    /// <summary>Orders of cashiers, to verify repayments.</summary>
    public string OfCashiers(IReadOnlyList<RepaymentId> repayments, int threads)
    {
        var cashiers = Enumerable
            .Range(1, 8)
            .Select(number => TokenOf(PortfolioIds.Officer(number), Role.Cashier))
            .ToArray();
        return Write(
            [.. repayments.Select((id, number) => $"{number}\t{cashiers[number % cashiers.Length]}\t{id}")],
            threads,
            "cashiers"
        );
    }

    /// <summary>An access token of a user of the portfolio or of another organisation.</summary>
    public string TokenOf(UserId userId, Role role, OrganisationId? organisationId = null) =>
        tokens.Issue(new Caller(userId, organisationId ?? PortfolioIds.Organisation, role, ids.Next<SessionId>()));

    /// <summary>The given number of customers, spread evenly over a portfolio, in a scattered order.</summary>
    public static IReadOnlyList<int> Spread(int loanCount, int count)
    {
        var numbers = Enumerable.Range(0, count).Select(i => (int)((long)i * loanCount / count)).ToArray();
        new Random(7).Shuffle(numbers);
        return numbers;
    }

    /// <summary>The reference of a customer's loan.</summary>
    public static string ReferenceOf(int number) => CreditorReference.FromBody($"P{number:000000000}").Value;

    private string Write(string[] lines, int threads, string kind)
    {
        var file = $"{path}.{kind}.{ids.Next():N}";
        for (var thread = 0; thread < threads; thread++)
            File.WriteAllLines($"{file}.{thread}", lines.Where((_, index) => index % threads == thread));
        return file;
    }
}
