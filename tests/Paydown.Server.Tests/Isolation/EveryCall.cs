using System.Net;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Wallets;
using Shouldly;

namespace Paydown.Server.Tests.Isolation;

/// <summary>Makes calls of every kind, to show that they work whatever happened to the database before.</summary>
internal static class EveryCall
{
    private const long FourEyesAboveMinor = 100_00;
    private const long SmallMinor = 10_00;
    private const long LargeMinor = 200_00;

    /// <summary>
    /// Sends the example of every route in the document, as every role that may call it, about each existing object. No
    /// response is a 5xx.
    /// </summary>
    public static async Task ShouldNotFailAsync(TestServer lender)
    {
        using var walker = new Walker(lender);
        var failed = new List<string>();
        // Only v1, because v6 has the same handler.
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

    // A busy machine may exceed a time limit, which gives 503 without a fault of the call.
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

    /// <summary>Makes every decision on a repayment in every state.</summary>
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

        /// <summary>
        /// Brings a new repayment into a state, with another officer for each step, and makes a decision.
        /// </summary>
        public async Task ShouldBeAsync(int status, long amountMinor, string[] before, string decision)
        {
            var loan = await Lender.AddLoanAsync(Customer, new TestLoan { DaysAgo = 0 });
            var repayment = await Lender.ReportAsync(loan, amountMinor, Lender.Today);
            var steps = (string[])[.. before, decision];
            for (var i = 0; i < steps.Length; i++)
            {
                var officer = i % 2 == 0 ? Lender.Cashier : Lender.SecondCashier;
                var (path, key) = ($"admin/repayments/{repayment}/{steps[i]}", $"{repayment}-{i}");
                object? body = steps[i] == "verify" ? null : new { reason = "For a test." };
                var answer = await TestWallet.UntilAnsweredAsync(() => officer.PutAsync(path, body, key));
                answer.Status.ShouldBe(i < before.Length ? 200 : status, $"{string.Join(' ', steps)}: {answer.Body}");
            }
        }
    }
}
