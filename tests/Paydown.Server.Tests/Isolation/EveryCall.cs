using System.Net;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Wallets;
using Shouldly;

namespace Paydown.Server.Tests.Isolation;

/// <summary>
/// Calls of every kind on a server, to see that whatever happened to its database before, they are answered rightly.
/// </summary>
internal static class EveryCall
{
    private const long FourEyesAboveMinor = 100_00;
    private const long SmallMinor = 10_00;
    private const long LargeMinor = 200_00;

    /// <summary>
    /// Sends every route of the document, as everybody who may call it, its example about each thing that there is. No
    /// answer is a 5xx.
    /// </summary>
    public static async Task ShouldNotFailAsync(LenderServer lender)
    {
        using var walker = new Walker(lender);
        var failed = new List<string>();
        // Under v1 only: v6 is the same delegate.
        foreach (
            var operation in (await Operation.AllAsync()).Where(one =>
                one.Path.StartsWith("/api/v1/", StringComparison.Ordinal)
            )
        )
        {
            var own = await Belongings.CreateAsync(lender);
            foreach (var role in operation.NeedsToken ? operation.Roles : [""])
            {
                var token = role.Length == 0 ? null : lender.TokenOf(await CallerAsync(lender, own, role));
                var choices = operation.Ids.Select(name => own.Named(name).Count).DefaultIfEmpty(1).Max();
                for (var choice = 0; choice < choices; choice++)
                {
                    var answer = await UntilAnsweredAsync(() =>
                        walker.SendAsync(operation, token, name => Choose(own, name, choice))
                    );
                    if (answer.Status >= 500 || answer.Breaches.Count > 0)
                        failed.Add($"{operation.Name} as {role}: {answer} {string.Join(' ', answer.Breaches)}");
                }
            }
        }

        failed.ShouldBeEmpty();
    }

    // A busy machine may be too slow for a limit; that is no fault of the call, and is told as 503.
    private static async Task<WalkAnswer> UntilAnsweredAsync(Func<Task<WalkAnswer>> send)
    {
        const int TriesMax = 10;
        var answer = await send();
        for (var i = 1; i < TriesMax && answer.Body.Contains("SERVICE_UNAVAILABLE", StringComparison.Ordinal); i++)
            answer = await send();
        return answer;
    }

    private static async Task<Caller> CallerAsync(LenderServer lender, Belongings own, string role) =>
        role == "CUSTOMER"
            ? own.Customer
            : await lender.AddUserAsync(lender.OrganisationId, Enum.Parse<Role>(role, ignoreCase: true));

    private static string Choose(Belongings own, string name, int choice)
    {
        var choices = own.Named(name);
        return $"{choices[choice % choices.Count]}";
    }

    /// <summary>Takes each decision on a repayment in each state that it can be in.</summary>
    public static async Task ShouldDecideAsync(LenderServer lender)
    {
        var setting = await DecisionSetting.CreateAsync(lender);
        await setting.ShouldBeAsync(HttpStatusCode.OK, SmallMinor, [], "verify");
        await setting.ShouldBeAsync(HttpStatusCode.OK, SmallMinor, [], "reject");
        await setting.ShouldBeAsync(HttpStatusCode.Conflict, SmallMinor, [], "reverse");
        foreach (
            var decided in (string[][])
                [
                    ["verify"],
                    ["reject"],
                    ["verify", "reverse"],
                ]
        )
        {
            foreach (var next in (string[])["verify", "reject", "reverse"])
            {
                var isRight = decided is ["verify"] && next == "reverse";
                await setting.ShouldBeAsync(
                    isRight ? HttpStatusCode.OK : HttpStatusCode.Conflict,
                    SmallMinor,
                    decided,
                    next
                );
            }
        }

        await setting.ShouldBeAsync(HttpStatusCode.OK, LargeMinor, ["verify"], "verify");
        await setting.ShouldBeAsync(HttpStatusCode.OK, LargeMinor, ["verify"], "reject");
        await setting.ShouldBeAsync(HttpStatusCode.Conflict, LargeMinor, ["verify"], "reverse");
        await setting.ShouldBeAsync(HttpStatusCode.Conflict, LargeMinor, ["verify", "verify"], "reject");
    }

    private sealed record DecisionSetting(LenderServer Lender, Caller Customer, Caller First, Caller Second)
    {
        public static async Task<DecisionSetting> CreateAsync(LenderServer lender)
        {
            await using var command = lender.Database.CreateCommand(
                "update organisation set four_eyes_above = $2 where id = $1"
            );
            command.Parameters.Add(new() { Value = lender.OrganisationId });
            command.Parameters.Add(new() { Value = FourEyesAboveMinor });
            await command.ExecuteNonQueryAsync();
            return new(
                lender,
                await lender.AddCustomerAsync(),
                await lender.AddUserAsync(lender.OrganisationId, Role.Cashier),
                await lender.AddUserAsync(lender.OrganisationId, Role.Cashier)
            );
        }

        /// <summary>Brings a new repayment into a state, each step by another officer, and decides on it.</summary>
        public async Task ShouldBeAsync(HttpStatusCode status, long amountMinor, string[] before, string decision)
        {
            var loan = await Lender.AddLoanAsync(Customer, new TestLoan());
            var repayment = await Lender.AddRepaymentAsync(loan, amountMinor, status: null);
            var steps = (string[])[.. before, decision];
            for (var i = 0; i < steps.Length; i++)
            {
                using var client = Lender.ClientOf(i % 2 == 0 ? First : Second);
                var (path, key) = ($"admin/repayments/{repayment}/{steps[i]}", $"{repayment}-{i}");
                object? body = steps[i] == "verify" ? null : new { reason = "A test decides." };
                var answer = await WalletSetting.UntilAnsweredAsync(() => client.PutAsync(path, body, key));
                answer.Status.ShouldBe(
                    i < before.Length ? HttpStatusCode.OK : status,
                    $"{string.Join(' ', steps)}: {answer.Body}"
                );
            }
        }
    }
}
