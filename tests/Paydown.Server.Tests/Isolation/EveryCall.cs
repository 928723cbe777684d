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
    public static async Task ShouldNotFailAsync(TestServer lender)
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
                var token = role.Length == 0 ? null : (await CallerAsync(lender, own, role)).Token;
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

    // A busy machine may be too slow for a limit; that is no fault of the call, and gives 503.
    private static async Task<WalkAnswer> UntilAnsweredAsync(Func<Task<WalkAnswer>> send)
    {
        const int TriesMax = 10;
        var answer = await send();
        for (var i = 1; i < TriesMax && answer.Body.Contains("SERVICE_UNAVAILABLE", StringComparison.Ordinal); i++)
            answer = await send();
        return answer;
    }

    private static async Task<TestUser> CallerAsync(TestServer lender, Belongings own, string role) =>
        role == "CUSTOMER" ? own.Customer : await lender.Lender.AddUserAsync(Enum.Parse<Role>(role, ignoreCase: true));

    private static string Choose(Belongings own, string name, int choice)
    {
        var choices = own.Named(name);
        return $"{choices[choice % choices.Count]}";
    }

    /// <summary>Takes each decision on a repayment in each state that it can be in.</summary>
    public static async Task ShouldDecideAsync(TestServer lender)
    {
        var setting = await DecisionSetting.CreateAsync(lender.Lender);
        await setting.ShouldBeAsync(200, SmallMinor, [], "verify");
        await setting.ShouldBeAsync(200, SmallMinor, [], "reject");
        await setting.ShouldBeAsync(409, SmallMinor, [], "reverse");
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
                await setting.ShouldBeAsync(isRight ? 200 : 409, SmallMinor, decided, next);
            }
        }

        await setting.ShouldBeAsync(200, LargeMinor, ["verify"], "verify");
        await setting.ShouldBeAsync(200, LargeMinor, ["verify"], "reject");
        await setting.ShouldBeAsync(409, LargeMinor, ["verify"], "reverse");
        await setting.ShouldBeAsync(409, LargeMinor, ["verify", "verify"], "reject");
    }

    private sealed record DecisionSetting(TestOrganisation Lender, TestUser Customer)
    {
        public static async Task<DecisionSetting> CreateAsync(TestOrganisation lender)
        {
            await lender.ChangeAsync(("fourEyesAbove", FourEyesAboveMinor / 100m));
            return new(lender, await lender.AddCustomerAsync());
        }

        /// <summary>Brings a new repayment into a state, each step by another officer, and decides on it.</summary>
        public async Task ShouldBeAsync(int status, long amountMinor, string[] before, string decision)
        {
            var loan = await Lender.AddLoanAsync(Customer, new TestLoan { DaysAgo = 0 });
            var repayment = await Lender.ReportAsync(loan, amountMinor, Lender.Today);
            var steps = (string[])[.. before, decision];
            for (var i = 0; i < steps.Length; i++)
            {
                var officer = i % 2 == 0 ? Lender.Cashier : Lender.SecondCashier;
                var (path, key) = ($"admin/repayments/{repayment}/{steps[i]}", $"{repayment}-{i}");
                object? body = steps[i] == "verify" ? null : new { reason = "A test decides." };
                var answer = await TestWallet.UntilAnsweredAsync(() => officer.PutAsync(path, body, key));
                answer.Status.ShouldBe(i < before.Length ? 200 : status, $"{string.Join(' ', steps)}: {answer.Body}");
            }
        }
    }
}
