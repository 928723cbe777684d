using Npgsql;
using Paydown.Lending;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;

namespace Paydown.Server.Applications;

/// <summary>
/// A manager pays a loan out to the customer's wallet: whole, or in parts where the product allows several.
/// </summary>
public sealed class DisburseLoan(
    IdempotentWrites writes, OrganisationDirectory organisations, LoanDisbursement disbursement, TimeProvider time)
{
    public static IReadOnlyList<Field> Fields { get; } =
        [Field.Amount("amount", "Of this part; absent: all that is left.").Optional() with { Example = 500000 }];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var occasion = await organisations.OccasionAsync(call, time);
        return await writes.RunAsync(call, connection => DisburseAsync(connection, call, occasion));
    }

    private async ValueTask<Answer> DisburseAsync(NpgsqlConnection connection, Call call, Occasion occasion)
    {
        var file = await ApplicationStore.FindInOrganisationAsync(
            connection, call.Caller.OrganisationId, call.PathId("id"), forUpdate: true, call.Cancellation);
        if (file is null) return Answer.Refused(Refusals.NotFound("loan application"));
        var paidOut = await disbursement.DisburseAsync(
            connection, ApplicationChange.Begin(file, occasion), call.Body.AmountOrNull("amount"), call.Cancellation);
        return paidOut.IsRefused
            ? Answer.Refused(paidOut.Refusal)
            : Answer.Success(DisbursedLoan.Of(paidOut.Value, occasion.Today), "The loan is paid out to the wallet.");
    }
}

/// <summary>What a manager is answered who paid a loan out.</summary>
public sealed record DisbursedLoan
{
    public required Guid LoanApplicationId { get; init; }
    public required Guid AccountId { get; init; }
    public required Guid CustomerId { get; init; }

    /// <summary>Of this disbursement.</summary>
    public required Money DisbursedAmount { get; init; }

    /// <summary>Fees that were kept back.</summary>
    public required Money DeductedFees { get; init; }

    /// <summary>Collected at once.</summary>
    public required Money DownPayment { get; init; }

    /// <summary>What came to the customer's wallet.</summary>
    public required Money WalletCredit { get; init; }

    /// <summary>Of all disbursements of the loan.</summary>
    public required Money TotalDisbursed { get; init; }
    public required DateOnly DisbursementDate { get; init; }

    /// <summary>The reference that repayments carry.</summary>
    public required string RepaymentReference { get; init; }
    public required string CurrencyCode { get; init; }

    public static DisbursedLoan Example { get; } = new()
    {
        LoanApplicationId = ApplicationExamples.Offered.Id,
        AccountId = Guid.Parse("01957ad2-7c00-7000-8000-00000000b001"),
        CustomerId = ApplicationExamples.Offered.CustomerId,
        DisbursedAmount = Money.FromMajor(500_000, Currency.Get("NGN")),
        DeductedFees = Money.FromMajor(5_000, Currency.Get("NGN")),
        DownPayment = Money.FromMajor(0, Currency.Get("NGN")),
        WalletCredit = Money.FromMajor(495_000, Currency.Get("NGN")),
        TotalDisbursed = Money.FromMajor(500_000, Currency.Get("NGN")),
        DisbursementDate = new DateOnly(2026, 1, 15),
        RepaymentReference = "RF18539007547034",
        CurrencyCode = "NGN",
    };

    public static DisbursedLoan Of(PaidOut paidOut, DateOnly today)
    {
        var loan = paidOut.Loan;
        return new DisbursedLoan
        {
            LoanApplicationId = paidOut.Application.Id,
            AccountId = loan.Id,
            CustomerId = loan.CustomerId,
            DisbursedAmount = paidOut.Amount,
            DeductedFees = paidOut.Deducted,
            DownPayment = paidOut.DownPayment,
            WalletCredit = paidOut.Credited,
            TotalDisbursed = loan.Money(loan.Replay(today).DisbursedMinor),
            DisbursementDate = today,
            RepaymentReference = loan.Reference,
            CurrencyCode = loan.Currency.Code,
        };
    }
}
