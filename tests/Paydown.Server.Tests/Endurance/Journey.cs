using System.Text.Json;
using Paydown.Client;
using Paydown.Lending.Products;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// One loan of one customer from the application to a random end. Every write is sent as by an unsure client: sometimes
/// twice in a row, twice at once, or again because the client did not wait for the response. The repeats have the same
/// key, so there is one effect. Of two calls with different keys, one is refused.
/// </summary>
internal sealed partial class Journey(JourneyStage stage, Traveller traveller, LoanProduct product, Random random)
{
    private const string Cancelled = "cancelled";

    private readonly PaydownClient customer = stage.ClientOf(traveller.Customer);
    private readonly PaydownClient cashier = stage.ClientOf(stage.Cashier);
    private readonly PaydownClient manager = stage.ClientOf(stage.Manager);
    private readonly Guid customerId = traveller.Customer.UserId;
    private readonly JourneyBooks books = stage.Books;
    private Guid applicationId;
    private Guid accountId;

    /// <summary>Runs the journey.</summary>
    /// <returns>How it ended.</returns>
    public async Task<string> TravelAsync() =>
        await ApplyAsync()
        ?? await DecideAsync()
        ?? await AnswerOfferAsync()
        ?? await PayOutAsync()
        ?? await LiveAsync();

    // Each chapter returns the end of the journey, or null if it continues.
    private async Task<string?> ApplyAsync()
    {
        var isTooMuch = Chance(8);
        var request = new NewApplication
        {
            LoanProductId = product.Id.Value,
            CurrencyCode = "NGN",
            LoanAmount = isTooMuch ? 900_000 : Amount(500, 20_000),
            LoanDuration = random.Next(1, 25),
            LoanRepaymentMethodEnum = RepaymentMethod.BankTransfer,
            EmploymentStatus = EmploymentStatus.Employed,
            MonthlyIncome = 1_000_000,
            Bvn = "22345678901",
            FirstName = "Ada",
            LastName = "Example",
            DateOfBirth = new(1990, 5, 17),
            PhoneNumber = "+2348005550100",
            AccountNumber = traveller.Good.Number,
            BankCode = "058",
        };
        var told = (
            await WriteAsync((key, token) => customer.Applications.RequestAsync(request, key, token))
        ).LoanDetails;
        applicationId = told.Id;
        if (told.LoanApplicationStatusEnum != ApplicationStatus.Rejected)
            return null;
        told.Reason.ShouldNotBeNullOrEmpty();
        return "rejected by the checks";
    }

    private async Task<string?> DecideAsync()
    {
        if (await StatusAsync() != ApplicationStatus.Requested)
            return await OfferedAsync();
        switch (random.Next(10))
        {
            case 0:
                await WriteAsync((key, token) => customer.Applications.CancelAsync(applicationId, key, token));
                return Cancelled;
            case 1:
                await WriteAsync(
                    (key, token) =>
                        manager.ApplicationDecisions.RejectAsync(applicationId, "The income is not proven.", key, token)
                );
                return "rejected by an officer";
            case 2:
                // If the approval comes first, the application is still cancelled. If the cancellation comes first, the
                // approval is refused.
                await Task.WhenAll(
                    TryAsync(manager.ApplicationDecisions.ApproveAsync(applicationId), "APPLICATION_STATE"),
                    TryAsync(customer.Applications.CancelAsync(applicationId), "APPLICATION_STATE")
                );
                (await StatusAsync()).ShouldBe(ApplicationStatus.Cancelled);
                return Cancelled;
            default:
                var terms = new ApprovedTerms
                {
                    Amount = Chance(30) ? Amount(200, 500) : null,
                    InterestRate = Chance(30) ? random.Next(6, 25) : null,
                };
                await WriteAsync(
                    (key, token) => manager.ApplicationDecisions.ApproveAsync(applicationId, terms, key, token)
                );
                return await OfferedAsync();
        }
    }

    private async Task<string?> OfferedAsync()
    {
        if (await StatusAsync() == ApplicationStatus.OfferSent)
            return null;
        if (Chance(5))
        {
            await WriteAsync(
                (key, token) =>
                    manager.ApplicationDecisions.CancelAsync(applicationId, "Applied for twice.", key, token)
            );
            return Cancelled;
        }

        await WriteAsync((key, token) => manager.ApplicationDecisions.SendOfferAsync(applicationId, null, key, token));
        return null;
    }

    private async Task<string?> AnswerOfferAsync()
    {
        switch (random.Next(14))
        {
            case 0:
                await WriteAsync((key, token) => customer.Applications.RejectOfferAsync(applicationId, key, token));
                return "offer rejected";
            case 1:
                await WriteAsync(
                    (key, token) => customer.Applications.AnswerAsync(applicationId, accept: false, key, token)
                );
                return "offer withdrawn";
            case 2:
                await Task.WhenAll(
                    TryAsync(customer.Applications.AcceptOfferAsync(applicationId), "APPLICATION_STATE"),
                    TryAsync(customer.Applications.RejectOfferAsync(applicationId), "APPLICATION_STATE")
                );
                return await StatusAsync() == ApplicationStatus.Rejected ? "offer rejected" : null;
            default:
                await WriteAsync((key, token) => customer.Applications.AcceptOfferAsync(applicationId, key, token));
                return null;
        }
    }

    private async Task<string?> PayOutAsync()
    {
        if (Chance(10))
            (await TryAsync(DisburseAsync(null), "TERMS_NOT_ACCEPTED")).ShouldBeNull();
        var terms = await WriteAsync((key, token) => customer.Applications.AcceptTermsAsync(applicationId, key, token));
        if (terms.AccountId is { } paidOut)
        {
            // The loan is paid out automatically and in full, so a manager's payout is refused.
            var loan = await customer.Loans.GetAsync(applicationId);
            Disbursed(paidOut, loan.LoanAmount, loan.LoanAmount - DeductedOf(loan.LoanAmount));
            if (Chance(20))
                (await TryAsync(DisburseAsync(null), "APPLICATION_STATE")).ShouldBeNull();
            return null;
        }

        switch (random.Next(6))
        {
            case 0:
                var cancel = TryAsync(
                    manager.ApplicationDecisions.CancelAsync(applicationId, "Too late?"),
                    "APPLICATION_STATE"
                );
                var disbursed = await TryAsync(DisburseAsync(null), "APPLICATION_STATE");
                (await cancel is null).ShouldBe(disbursed is not null);
                if (disbursed is null)
                    return Cancelled;
                Disbursed(disbursed);
                return null;
            case 1:
                Disbursed(await OnlyOneAsync(_ => DisburseAsync(null), "FULLY_DISBURSED", "APPLICATION_STATE"));
                return null;
            case 2 or 3 when product.DisbursementsMax > 1:
                var part = Amount(50, 90);
                Disbursed(
                    await WriteAsync(
                        (key, token) => manager.ApplicationDecisions.DisburseAsync(applicationId, part, key, token)
                    )
                );
                if (Chance(80))
                    Disbursed(await OnlyOneAsync(_ => DisburseAsync(null), "FULLY_DISBURSED"));
                return null;
            default:
                Disbursed(
                    await WriteAsync(
                        (key, token) => manager.ApplicationDecisions.DisburseAsync(applicationId, null, key, token)
                    )
                );
                return null;
        }
    }

    private Task<DisbursedLoan> DisburseAsync(decimal? amount) =>
        manager.ApplicationDecisions.DisburseAsync(applicationId, amount);

    private void Disbursed(DisbursedLoan loan) =>
        Disbursed(loan.AccountId!.Value, loan.DisbursedAmount, loan.WalletCredit);

    private void Disbursed(Guid account, decimal amount, decimal credit)
    {
        accountId = account;
        books.Confirm("DISBURSEMENT", account, amount);
        books.Move(customerId, credit);
    }

    private decimal DeductedOf(decimal amount) =>
        product
            .Fees.Where(fee => fee.Charged == Lending.Products.FeeCharged.Deducted)
            .Sum(fee => decimal.Round(amount * fee.Percent / 100, 2, MidpointRounding.ToEven));

    private async Task<ApplicationStatus> StatusAsync() =>
        (await customer.Applications.GetAsync(applicationId)).LoanDetails.LoanApplicationStatusEnum;

    // Sends a write one or more times with one key. All responses must be equal.
    private async Task<T> WriteAsync<T>(Func<string, CancellationToken, Task<T>> send)
        where T : class
    {
        var key = stage.NextKey();
        switch (random.Next(9))
        {
            case 0:
                var first = await send(key, default);
                ShouldBeSame(first, await send(key, default));
                return first;
            case 1:
                return await SendTwiceAtOnceAsync(key, send);
            case 2:
                await GiveUpOnAsync(token => send(key, token));
                return await send(key, default);
            default:
                return await send(key, default);
        }
    }

    private static async Task<T> SendTwiceAtOnceAsync<T>(string key, Func<string, CancellationToken, Task<T>> send)
    {
        try
        {
            var both = await Task.WhenAll(send(key, default), send(key, default));
            ShouldBeSame(both[0], both[1]);
            return both[0];
        }
        catch (PaydownRefusedException)
        {
            // Refusals are not stored, so the second attempt may have found money that was missing for the first.
            return await send(key, default);
        }
    }

    // Does not wait for the response. The server may still carry out the request.
    private async Task GiveUpOnAsync<T>(Func<CancellationToken, Task<T>> send)
    {
        using var gone = new CancellationTokenSource(TimeSpan.FromMicroseconds(random.Next(1, 8_000)));
        try
        {
            await send(gone.Token);
        }
        catch (Exception lost) when (lost is OperationCanceledException or HttpRequestException or IOException)
        {
            books.Count("given up on and sent again");
        }
    }

    // Sends two requests at once, each with its own key.
    private async Task<T> OnlyOneAsync<T>(Func<string, Task<T>> send, params string[] codes)
        where T : class
    {
        var answers = await Task.WhenAll(
            TryAsync(send(stage.NextKey()), codes),
            TryAsync(send(stage.NextKey()), codes)
        );
        books.Count("race");
        return answers.Single(answer => answer is not null)!;
    }

    // Null if it was refused for one of these reasons; any other refusal is unexpected.
    private async Task<T?> TryAsync<T>(Task<T> sent, params string[] codes)
        where T : class
    {
        try
        {
            return await sent;
        }
        catch (PaydownRefusedException refused) when (codes.Contains(refused.Code))
        {
            books.Count($"refused {refused.Code}");
            return null;
        }
    }

    private static void ShouldBeSame<T>(T one, T other) =>
        JsonSerializer.Serialize(other).ShouldBe(JsonSerializer.Serialize(one), "the response to the same key");

    private bool Chance(int percent) => random.Next(100) < percent;

    private decimal Amount(int least, int most) => random.Next(least * 100, most * 100) / 100m;
}
