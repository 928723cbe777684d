using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Applications;

/// <summary>
/// A manager pays a loan out to the customer's wallet: whole, or in parts where the product allows several. If the loan
/// comes to more than the four-eyes amount of the organisation or the product, a second manager must approve it.
/// </summary>
public sealed class DisburseLoan(SingleWrites writes, LoanDisbursement disbursement, FourEyes fourEyes)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [Field.Amount("amount", "Of this part; absent: all that is left.").Optional() with { Example = 500000 }];

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DisburseAsync(connection, call, context));

    private async ValueTask<Answer> DisburseAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var stored = await ApplicationStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.PathId("id"),
            forUpdate: true,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan application"));
        var decided = await LoanDisbursement.DecideAsync(
            connection,
            stored,
            context,
            call.Body.AmountOrNull("amount"),
            call.Cancellation
        );
        if (decided.IsRefused)
            return Answer.Refused(decided.Refusal);
        var approval = await fourEyes.ApproveAsync(connection, ActOf(stored, decided.Value), call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                DisbursedLoan.Of(stored, decided.Value, context.Today, awaited),
                AwaitedApproval.Message("the loan is paid out")
            );
        }

        var paidOut = await disbursement.DisburseAsync(
            connection,
            ApplicationChange.Begin(stored, context),
            decided.Value,
            call.Cancellation
        );
        return Answer.Success(DisbursedLoan.Of(paidOut, context.Today), "The loan is paid out to the wallet.");
    }

    // The whole loan counts, so that parts cannot stay below the limit one by one.
    private static Act ActOf(StoredApplication stored, DecidedDisbursement decided) =>
        new()
        {
            Kind = ActKind.DisburseLoan,
            OrganisationId = stored.OrganisationId,
            SubjectId = stored.Id,
            SubjectVersion = stored.EventCount,
            CustomerId = stored.CustomerId,
            AccountId = decided.Running?.Id,
            Currency = stored.Currency,
            AmountMinor = decided.Total.MinorUnits,
            Since = stored.RecordedAt,
            AboveMinor = stored.Product.FourEyesAboveMinor,
            Terms = new { decided.Amount },
        };
}

/// <summary>What a manager is answered who paid a loan out.</summary>
public sealed record DisbursedLoan
{
    public required Guid LoanApplicationId { get; init; }

    /// <summary>The loan account; null while a second manager is awaited for its first disbursement.</summary>
    public required Guid? AccountId { get; init; }
    public required Guid CustomerId { get; init; }

    /// <summary>Of this disbursement; 0 while a second manager is awaited.</summary>
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

    /// <summary>The reference that repayments carry; null before there is an account.</summary>
    public required string? RepaymentReference { get; init; }
    public required string CurrencyCode { get; init; }

    /// <summary>What waits for a second manager; null: nothing does.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }

    public static DisbursedLoan Example { get; } =
        new()
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
            AwaitedApproval = null,
        };

    /// <summary>Nothing is paid out yet.</summary>
    public static DisbursedLoan Of(
        StoredApplication stored,
        DecidedDisbursement decided,
        DateOnly today,
        AwaitedApproval awaited
    ) =>
        new()
        {
            LoanApplicationId = stored.Id,
            AccountId = decided.Running?.Id,
            CustomerId = stored.CustomerId,
            DisbursedAmount = stored.Money(0),
            DeductedFees = stored.Money(0),
            DownPayment = stored.Money(0),
            WalletCredit = stored.Money(0),
            TotalDisbursed = decided.Total - decided.Amount,
            DisbursementDate = today,
            RepaymentReference = decided.Running?.Reference,
            CurrencyCode = stored.Currency.Code,
            AwaitedApproval = awaited,
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
            AwaitedApproval = null,
        };
    }
}
