using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Applications;

/// <summary>
/// A manager pays a loan out to the customer's wallet, in full or, if the product allows it, in tranches. If the loan's
/// total exceeds the four-eyes amount of the organisation or the product, a second manager must approve.
/// </summary>
public sealed class DisburseLoan(SingleWrites writes, LoanDisbursement disbursement, FourEyes fourEyes) : IUseCase
{
    private static readonly Field<decimal?> Amount = Field
        .Amount("amount", "The amount of this disbursement. Absent: all that is left of the loan.")
        .Optional()
        .WithExample(500000);

    public static Contract Contract { get; } =
        new Contract("Pay a loan out to the customer's wallet, in full or in tranches")
            .Reads(Amount)
            .Returns<DisbursedLoan>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.ApplicationStateForbids("REJECTED", "APPROVED", ["REQUESTED"]),
                Refusals.TermsNotAccepted(),
                Refusals.LoanNotRunning(),
                Refusals.LoanGivenUp(),
                Refusals.FullyDisbursed(),
                Refusals.FirstDueDateOutOfRange(Sample.Date, "must be later."),
                Refusals.OfferExceeded(Sample.Amount, Sample.Amount),
                Refusals.DisbursementOutOfRange(Sample.Amount, Sample.Amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DisburseAsync(connection, call, context));

    private async ValueTask<Answer> DisburseAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var stored = await ApplicationStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(ApplicationRoutes.Id),
            forUpdate: true,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan application"));
        var decided = await LoanDisbursement.DecideAsync(
            connection,
            stored,
            context,
            call.Body.Get(Amount),
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

    // The loan's total counts, so tranches cannot stay below the limit one by one.
    private static Act ActOf(StoredApplication stored, DecidedDisbursement decided) =>
        new()
        {
            Kind = ActKind.DisburseLoan,
            OrganisationId = stored.OrganisationId,
            SubjectId = stored.Id.AsSubject,
            SubjectVersion = stored.EventCount,
            CustomerId = stored.CustomerId,
            AccountId = decided.Running?.Id,
            Currency = stored.Currency,
            Amount = decided.Total,
            Since = stored.RecordedAt,
            Above = stored.Product.FourEyesAbove,
            Terms = new { decided.Amount },
        };
}

/// <summary>The response to a disbursement.</summary>
public sealed record DisbursedLoan
{
    /// <summary>The application's id.</summary>
    public required LoanApplicationId LoanApplicationId { get; init; }

    /// <summary>The loan account; null while the first disbursement awaits a second manager.</summary>
    public required LoanId? AccountId { get; init; }

    /// <summary>The customer's id.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The amount of this disbursement; 0 while a second manager is awaited.</summary>
    public required Money DisbursedAmount { get; init; }

    /// <summary>The fees deducted from this disbursement.</summary>
    public required Money DeductedFees { get; init; }

    /// <summary>The down payment collected from this disbursement.</summary>
    public required Money DownPayment { get; init; }

    /// <summary>The amount credited to the customer's wallet.</summary>
    public required Money WalletCredit { get; init; }

    /// <summary>The total of all disbursements of the loan.</summary>
    public required Money TotalDisbursed { get; init; }

    /// <summary>The day of this disbursement.</summary>
    public required DateOnly DisbursementDate { get; init; }

    /// <summary>The creditor reference for repayments; null before there is an account.</summary>
    public required string? RepaymentReference { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The disbursement that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>The response while a second manager is awaited: nothing is paid out yet.</summary>
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
            TotalDisbursed = loan.Replay(today).Disbursed,
            DisbursementDate = today,
            RepaymentReference = loan.Reference,
            CurrencyCode = loan.Currency.Code,
            AwaitedApproval = null,
        };
    }
}
