using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Isolation;

namespace Paydown.Server.Tests.Endurance;

/// <summary>What fuzzed requests can name: loans, repayments and people that exist, and their tokens.</summary>
internal sealed class FuzzTarget
{
    private readonly Dictionary<string, Guid[]> things = [];

    private FuzzTarget(IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, string> tokens) =>
        (Operations, Tokens) = (operations, tokens);

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The tokens by role, and <c>OTHER</c> for a manager of another organisation.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; }

    public static async Task<FuzzTarget> CreateAsync(TestServer server, int loans)
    {
        var lender = server.Lender;
        var tokens = new Dictionary<string, string>
        {
            ["CUSTOMER"] = lender.Customer.Token,
            ["CASHIER"] = lender.Cashier.Token,
            ["MANAGER"] = lender.Manager.Token,
            ["OTHER"] = server.OtherLender.Manager.Token,
            ["AGENT"] = (await lender.AddUserAsync(Role.Agent)).Token,
        };
        var target = new FuzzTarget(await Operation.AllAsync(), tokens);
        var (accounts, applications, repayments) = (new List<Guid>(), new List<Guid>(), new List<Guid>());
        for (var i = 0; i < loans; i++)
        {
            var loan = await lender.OpenLoanAsync();
            accounts.Add(loan.Id.Value);
            applications.Add(loan.ApplicationId!.Value.Value);
            for (var n = 0; n < 3; n++)
                repayments.Add(await lender.ReportAsync(loan, 1_000 + n, lender.Today));
        }

        var bankAccountId = await lender.BankAccountOfAsync(lender.Customer);
        target.things["customer"] = [lender.Customer.UserId];
        target.things["application"] = [.. applications];
        target.things["bank"] = [bankAccountId];
        target.things["account"] = [.. accounts];
        target.things["repayment"] = [.. repayments];
        return target;
    }

    /// <summary>Returns an id that the name means, or sometimes the id of another object.</summary>
    public string IdFor(string name, string path, Random random)
    {
        if (random.Next(20) == 0)
            return $"{new Guid(RandomBytes(random, 16))}";
        var kind = random.Next(20) == 0 ? things.Keys.ElementAt(random.Next(things.Count)) : KindOf(name, path);
        var some = things[kind];
        return $"{some[random.Next(some.Length)]}";
    }

    public static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string KindOf(string name, string path) =>
        name.Replace("-", "").ToLowerInvariant() switch
        {
            "customerid" or "userid" => "customer",
            "loanapplicationid" => "application",
            "bankaccountid" => "bank",
            "accountid" when path.Contains("view-bank-account", StringComparison.Ordinal) => "bank",
            "accountid" => "account",
            _ => "repayment",
        };
}
